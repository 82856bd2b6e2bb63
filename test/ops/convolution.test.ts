import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import {
  concat,
  conv1d,
  conv2d,
  conv3d,
  convolve1d,
  convolve2d,
  convolve3d,
  correlate2d,
  depthwiseConv1d,
  depthwiseConv2d,
  filter2d,
  flip,
  kernels,
  pad,
  separableConv2d,
  slice,
  split,
  transpose,
} from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const list = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 6 });
const values = (count: number, seed = 1): number[] =>
  Array.from({ length: count }, (_, i) => ((i * 7 + seed * 5) % 23) - 11);

describe('convolution proper and correlation (operators.md 21, 22)', () => {
  it('convolve1d with full padding multiplies polynomials, in either order', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const g = new GraphBuilder();
        const [x, w]: [Tensor, Tensor] = [g.input('x', f64(1, 1, a.length)), g.input('w', f64(1, 1, b.length))];
        const y = convolve1d(x, w, { padding: 'full' });
        const swapped = convolve1d(w, x, { padding: 'full' });
        const product = new Array<number>(a.length + b.length - 1).fill(0);
        a.forEach((p, i) => {
          b.forEach((q, j) => {
            product[i + j]! += p * q;
          });
        });
        const results = runGraph({ y, swapped }, { x: array(x, a), w: array(w, b) });
        expect([...results.y.data]).toEqual(product);
        expect([...results.swapped.data]).toEqual(product);
      }),
    );
  });

  it('the lecture notes’ 3×3 example tells the two apart: 1·A + … + 9·I against 1·I + … + 9·A', () => {
    const g = new GraphBuilder();
    const [x, w] = [g.input('x', f64(1, 1, 3, 3)), g.input('w', f64(1, 1, 3, 3))];
    const image = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const kernel = [2, 3, 5, 7, 11, 13, 17, 19, 23];
    const results = runGraph(
      { plain: correlate2d(x, w), flipped: convolve2d(x, w) },
      { x: array(x, image), w: array(w, kernel) },
    );
    expect(results.plain.item()).toBe(image.reduce((sum, v, i) => sum + v * kernel[i]!, 0));
    expect(results.flipped.item()).toBe(image.reduce((sum, v, i) => sum + v * kernel[8 - i]!, 0));
  });

  it('convolve is the correlation with the kernel flipped, options and all', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2, 4, 5, 6));
    const w = g.input('w', f64(6, 2, 3, 2));
    const bias = g.input('bias', f64(6));
    const options = {
      stride: [2, 1],
      padding: 'same-lower',
      dilation: [1, 2],
      groups: 2,
      bias,
      paddingMode: 'reflect',
    } as const;
    const cube = g.input('cube', f64(1, 1, 3, 4, 2));
    const v = g.input('v', f64(1, 1, 2, 3, 1));
    const results = runGraph(
      {
        y: convolve2d(x, w, options),
        z: conv2d(x, flip(w, [2, 3]), options),
        y3: convolve3d(cube, v),
        z3: conv3d(cube, flip(v, [2, 3, 4])),
      },
      {
        x: array(x, values(240)),
        w: array(w, values(72, 2)),
        bias: array(bias, values(6, 3)),
        cube: array(cube, values(24)),
        v: array(v, values(6)),
      },
    );
    expect(results.y.data).toEqual(results.z.data);
    expect(results.y3.data).toEqual(results.z3.data);
  });
});

describe('laws of convolution', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(2, 4, 7, 6));
  const w = g.input('w', f64(6, 2, 3, 2));
  const feeds = { x: array(x, values(336)), w: array(w, values(72, 2)) };

  it('strided is every s-th of unstrided', () => {
    const all = conv2d(x, w, { groups: 2 });
    const some = slice(all, { starts: [0, 0, 0, 0], limits: all.shape, steps: [1, 1, 2, 3] });
    const results = runGraph({ a: conv2d(x, w, { groups: 2, stride: [2, 3] }), b: some }, feeds);
    expect(results.a.data).toEqual(results.b.data);
  });

  it('dilated is with zeros between the taps (operators.md 48), and d = 1 changes nothing', () => {
    const [rows, columns] = [
      [0, 2, 4],
      [0, 3],
    ] as const;
    const wide = new Float64Array(6 * 2 * 5 * 4);
    feeds.w.data.forEach((value, i) => {
      const [k, at] = [Math.floor(i / 6), i % 6];
      wide[k * 20 + rows[Math.floor(at / 2)]! * 4 + columns[at % 2]!] = value;
    });
    const big = g.input('big', f64(6, 2, 5, 4));
    const results = runGraph(
      {
        a: conv2d(x, w, { groups: 2, dilation: [2, 3] }),
        b: conv2d(x, big, { groups: 2 }),
        c: conv2d(x, w, { groups: 2, dilation: 1 }),
        d: conv2d(x, w, { groups: 2 }),
      },
      { ...feeds, big: array(big, wide) },
    );
    expect(results.a.data).toEqual(results.b.data);
    expect(results.c.data).toEqual(results.d.data);
  });

  it('grouped is each group by itself', () => {
    const h = new GraphBuilder();
    const [x, w] = [h.input('x', f64(2, 4, 7, 6)), h.input('w', f64(6, 2, 3, 2))];
    const parts = split(x, 2, 1).map((part, k) => conv2d(part as Tensor, split(w, 3, 0)[k]! as Tensor));
    const results = runGraph({ a: conv2d(x, w, { groups: 2 }), b: concat(parts, 1) as Tensor }, feeds);
    expect(results.a.data).toEqual(results.b.data);
  });

  it('height and width are alike: a transposed image by a transposed kernel is the transposed result', () => {
    const h = new GraphBuilder();
    const [x, w] = [h.input('x', f64(2, 4, 7, 6)), h.input('w', f64(6, 2, 3, 2))];
    const turned = conv2d(transpose(x, [0, 1, 3, 2]), transpose(w, [0, 1, 3, 2]), {
      groups: 2,
      stride: [1, 2],
      padding: [0, 1],
    });
    const results = runGraph(
      { a: conv2d(x, w, { groups: 2, stride: [2, 1], padding: [1, 0] }), b: transpose(turned, [0, 1, 3, 2]) },
      feeds,
    );
    expect(results.a.data).toEqual(results.b.data);
  });

  it.each(['reflect', 'replicate', 'circular'] as const)('padding mode %s is that padding before', (paddingMode) => {
    const h = new GraphBuilder();
    const [x, w] = [h.input('x', f64(2, 4, 7, 6)), h.input('w', f64(6, 2, 3, 2))];
    const padding = [
      [1, 2],
      [0, 3],
    ] as const;
    const padded = pad(x, [[0, 0], [0, 0], ...padding], { mode: paddingMode });
    const results = runGraph(
      { a: conv2d(x, w, { groups: 2, padding, paddingMode }), b: conv2d(padded, w, { groups: 2 }) },
      feeds,
    );
    expect(results.a.data).toEqual(results.b.data);
  });
});

describe('depthwise and separable (operators.md 20)', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(2, 3, 5, 6));
  const depthwise = g.input('depthwise', f64(6, 1, 3, 2));
  const pointwise = g.input('pointwise', f64(4, 6, 1, 1));
  const bias = g.input('bias', f64(4));
  const feeds = {
    x: array(x, values(180)),
    depthwise: array(depthwise, values(36, 2)),
    pointwise: array(pointwise, values(24, 3)),
    bias: array(bias, values(4, 4)),
  };

  it('every channel has kernels of its own', () => {
    const h = new GraphBuilder();
    const [x, w] = [h.input('x', f64(1, 2, 5)), h.input('w', f64(4, 1, 2))];
    const y = depthwiseConv1d(x, w, { dilation: 2, padding: 1 });
    const each = [0, 1, 2, 3].map((o) =>
      conv1d(split(x, 1, 1)[Math.floor(o / 2)]! as Tensor, split(w, 1, 0)[o]! as Tensor, { dilation: 2, padding: 1 }),
    );
    const results = runGraph(
      { y, each: concat(each, 1) as Tensor },
      { x: array(x, values(10)), w: array(w, values(8)) },
    );
    expect(results.y.data).toEqual(results.each.data);
    expect(y.shape).toEqual([1, 4, 5]);
  });

  it('fused or one after the other is the same', () => {
    const options = { stride: [2, 1], padding: [1, 0], dilation: [1, 2], bias } as const;
    const apart = separableConv2d(x, depthwise, pointwise, options);
    const fused = separableConv2d(x, depthwise, pointwise, { ...options, fused: true });
    const results = runGraph({ apart, fused }, feeds);
    expect(results.fused.data).toEqual(results.apart.data);
    expect(apart.shape).toEqual([2, 4, 3, 4]);
  });

  it('refuses kernels that do not meet', () => {
    const other: Tensor = g.input('other', f64(4, 5, 1, 1));
    for (const fused of [false, true])
      expect(() => separableConv2d(x as Tensor, depthwise as Tensor, other, { fused })).toThrow('conv/channels:');
    const few: Tensor = g.input('few', f64(4, 1, 3, 2));
    expect(() => depthwiseConv2d(x as Tensor, few)).toThrow('conv/groups:');
  });
});

describe('classic kernels (operators.md 23)', () => {
  const sums = Object.entries(kernels).map(
    ([name, rows]) => [name, rows.flat().reduce((a, b) => a + b, 0), rows] as const,
  );

  it.each(sums)('%s sums to 1, edge detectors to 0, and is the same turned by 180°', (name, sum, rows) => {
    expect(sum).toBeCloseTo(name.startsWith('edge') ? 0 : 1, 12);
    expect(rows.toReversed().map((row) => row.toReversed())).toEqual(rows);
    expect(rows.every((row) => row.length === rows.length && rows.length % 2 === 1)).toBe(true);
  });

  it('are related as their names say', () => {
    const { identity, sharpen, edge4, gaussian3, gaussian5, unsharp5 } = kernels;
    identity.flat().forEach((v, i) => {
      expect(sharpen.flat()[i]).toBe(v - edge4.flat()[i]!);
    });
    const centre = (i: number): number => (i === 12 ? 1 : 0);
    gaussian5.flat().forEach((v, i) => {
      expect(unsharp5.flat()[i]).toBe(2 * centre(i) - v);
    });
    // Two of the small blurs make the large one.
    const g = new GraphBuilder();
    const [x, w] = [g.input('x', f64(1, 1, 3, 3)), g.input('w', f64(1, 1, 3, 3))];
    const twice = runGraph(
      { y: convolve2d(x, w, { padding: 'full' }) },
      { x: array(x, gaussian3.flat()), w: array(w, gaussian3.flat()) },
    ).y;
    expect([...twice.data]).toEqual(gaussian5.flat());
  });

  it('filter every channel of an image, which keeps its size', () => {
    const g = new GraphBuilder();
    const x: Tensor = g.input('x', f64(1, 3, 4, 5));
    const list = values(sizeOf(x.shape));
    const results = runGraph(
      { same: filter2d(x, kernels.identity), edge: filter2d(x, kernels.edge8, { padding: 'valid' }) },
      { x: array(x, list) },
    );
    expect([...results.same.data]).toEqual(list);
    expect(results.edge.shape).toEqual([1, 3, 2, 3]);
    expect(() => filter2d(x, [[1, 2], [3]])).toThrow('filter/kernel:');
  });
});
