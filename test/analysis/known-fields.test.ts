import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AxisField, fieldOf, receptiveField } from '../../src/analysis/index.ts';
import { grad } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { Random } from '../../src/check/random.ts';
import { array, f64, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import {
  adaptiveAvgPool2d,
  add,
  concat,
  conv1d,
  conv2d,
  convTranspose2d,
  deformConv2d,
  effectiveKernel,
  globalPool,
  maxPool2d,
  maxPoolWithIndices,
  maxUnpool2d,
  mul,
  relu,
  resize2d,
  sum,
} from '../../src/index.ts';
import { aspp, declareParameters, type Layer, makeNet, net } from '../../src/nn/index.ts';

/** The field of what a function makes of x. */
function fields(f: (x: Tensor) => Tensor, ...shape: number[]): readonly AxisField[] {
  const g = new GraphBuilder();
  return receptiveField(g.build({ y: f(g.input('x', f64(...shape))) }));
}

let names = 0;
const conv =
  (kernel: number, options: { stride?: number; padding?: number; dilation?: number } = {}) =>
  (x: Tensor) =>
    conv2d(x, x.graph.parameter(`w${names++}`, f64(1, x.shape[1]!, kernel, kernel)), {
      padding: (options.dilation ?? 1) * Math.floor(kernel / 2),
      ...options,
    }) as Tensor;
const pool =
  (kernel: number, stride: number, padding = 0) =>
  (x: Tensor): Tensor =>
    maxPool2d(x, { kernel, stride, padding }) as Tensor;
const inTurn =
  (...layers: ((x: Tensor) => Tensor)[]) =>
  (x: Tensor): Tensor =>
    layers.reduce((y, layer) => layer(y), x);
const times = (n: number, layer: (x: Tensor) => Tensor) => inTurn(...Array.from({ length: n }, () => layer));

/** A residual block of one 3×3 convolution or two, the first with the stride. */
const residual =
  (convolutions: 1 | 2, stride: number) =>
  (x: Tensor): Tensor => {
    const inner = inTurn(conv(1), relu, conv(3, { stride }), ...(convolutions === 2 ? [conv(3)] : [conv(1)]))(x);
    return relu(add(inner, stride === 1 ? x : conv(1, { stride })(x)));
  };
const resnet = (convolutions: 1 | 2, ...blocks: number[]) =>
  inTurn(
    conv(7, { stride: 2 }),
    pool(3, 2, 1),
    ...blocks.flatMap((count, k) => [
      residual(convolutions, k === 0 ? 1 : 2),
      times(count - 1, residual(convolutions, 1)),
    ]),
  );

describe('receptiveField: published numbers', () => {
  it.each([
    ['VGG-16 to pool5', inTurn(...[2, 2, 3, 3, 3].map((n) => inTurn(times(n, conv(3)), pool(2, 2)))), 212, 32, -90],
    ['ResNet-18', resnet(2, 2, 2, 2, 2), 435, 32, -217],
    ['ResNet-34', resnet(2, 3, 4, 6, 3), 899, 32, -449],
    ['ResNet-50', resnet(1, 3, 4, 6, 3), 427, 32, -213],
  ])('%s', (_, layer, size, stride, start) => {
    const [, , y, x] = fields(layer, 1, 1, 64, 96);
    for (const [axis, field] of [
      [2, y],
      [3, x],
    ] as const)
      expect(field).toMatchObject({ size, smallest: size, jump: [stride, 1], start, along: axis, whole: false });
  });

  it('the notes: 3, 7, 15, 31 by doubled rates; 5 and 7 by stacks (operators.md 51, 52)', () => {
    const rates = [1, 2, 4, 8];
    expect(
      rates.map(
        (_, l) =>
          fields(inTurn(...rates.slice(0, l + 1).map((dilation) => conv(3, { dilation }))), 1, 1, 9, 9)[2]!.size,
      ),
    ).toEqual([3, 7, 15, 31]);
    expect([2, 3].map((n) => fields(times(n, conv(3)), 1, 1, 9, 9)[2]!.size)).toEqual([5, 7]);
  });

  it('of one dilated kernel: k + (k − 1)(d − 1) with (k − 1)(d − 1) holes (operators.md 49)', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (kernel, dilation) => {
        const field = fields(conv(kernel, { dilation, padding: 20 }), 1, 1, 9, 9)[3]!;
        expect(field.size).toBe(effectiveKernel(kernel, dilation));
        expect(field.holes).toBe((kernel - 1) * (dilation - 1));
      }),
    ));

  it('stacks of any kernels, strides, dilations and paddings follow the recursion (operators.md 52)', () => {
    const layer = fc.record({
      kernel: fc.integer({ min: 1, max: 4 }),
      stride: fc.integer({ min: 1, max: 3 }),
      padding: fc.integer({ min: 0, max: 3 }),
      dilation: fc.integer({ min: 1, max: 3 }),
    });
    return fc.assert(
      fc.property(fc.array(layer, { minLength: 1, maxLength: 4 }), (stack) => {
        let [size, jump, start] = [1, 1, 0];
        for (const { kernel, stride, padding, dilation } of stack) {
          size += (kernel - 1) * dilation * jump;
          start -= padding * jump;
          jump *= stride;
        }
        const f = inTurn(...stack.map(({ kernel, ...options }) => conv(kernel, options)));
        expect(fields(f, 1, 1, 400, 400)[2]).toMatchObject({ size, start, jump: [jump, 1] });
      }),
      { numRuns: 40 },
    );
  });
});

describe('receptiveField: what is enlarged', () => {
  it('moves by fractions, and is larger in some phases', () => {
    const up = (x: Tensor): Tensor =>
      convTranspose2d(x, x.graph.parameter(`w${names++}`, f64(1, 1, 3, 3)), { stride: 2 }) as Tensor;
    expect(fields(up, 1, 1, 8, 8)[2]).toMatchObject({ size: 2, smallest: 1, jump: [1, 2], start: -1 });
    const resized = (x: Tensor): Tensor => resize2d(x, { scale: 2, mode: 'linear' }) as Tensor;
    expect(fields(resized, 1, 1, 8, 8)[2]).toMatchObject({ size: 2, smallest: 2, jump: [1, 2], start: -1 });
    expect(fields(inTurn(up, conv(3)), 1, 1, 8, 8)[3]).toMatchObject({ size: 3, smallest: 2, jump: [1, 2] });
    expect(fields(inTurn(conv(3, { stride: 2 }), up), 1, 1, 17, 17)[3]).toMatchObject({ jump: [1, 1] });
  });

  it('unpooling by the positions of window maxima stays in their windows', () => {
    const segnet = (x: Tensor): Tensor => {
      const { values, indices } = maxPoolWithIndices(x as Tensor<number[], 'f64'>, { kernel: 2 });
      return maxUnpool2d(relu(values), indices, { kernel: 2 }) as Tensor;
    };
    const g = new GraphBuilder();
    const graph = g.build({ y: segnet(g.input('x', f64(1, 2, 6, 6))) });
    const mask = fieldOf(graph, { at: [0, 0, 2, 3] });
    // Row 2 and column 3 are of the second window down and across.
    const read = [...mask.data].flatMap((value, i) => (value === 1 ? [i] : []));
    expect(read).toEqual([14, 15, 20, 21]);
    expect(receptiveField(graph)[2]).toMatchObject({ size: 2, smallest: 2, jump: [1, 1], whole: false });
  });
});

describe('receptiveField: graphs on which other tools stop', () => {
  it('adaptive and global pooling', () => {
    const adaptive = fields((x) => adaptiveAvgPool2d(x, [3, 3]) as Tensor, 1, 1, 5, 6);
    expect(adaptive[2]).toMatchObject({ size: 3, whole: false });
    expect(adaptive[3]).toMatchObject({ size: 2, smallest: 2, jump: [2, 1], start: 0, whole: false });
    const all = fields((x) => add(conv(3)(x), globalPool(x as Tensor<number[], 'f64'>, { kind: 'avg' })), 1, 1, 5, 6);
    expect([all[2]!.whole, all[3]!.whole]).toEqual([true, true]);
    // Rows 2, 5 and 8 only where the other branch is near.
    const some = inTurn(conv(2, { stride: 3, padding: 0 }), (x) =>
      globalPool(x as Tensor<number[], 'f64'>, { kind: 'avg' }),
    );
    expect(fields((x) => add(conv(3)(x), some(x)), 1, 1, 9, 9)[2]!.whole).toBe(true);
  });

  it('ASPP: the widest rate without its image branch, everything with it', () => {
    const block = (preset: 'seed' | 'deeplab') => (x: Tensor) => {
      const made = net(
        'aspp',
        {},
        aspp({ in: 1, out: 1, preset, rates: [1, 6, 12, 18], dtype: 'f64' }) as unknown as Layer<
          (x: never) => Tensor<readonly number[], 'f64'>
        >,
      );
      return made.apply(x, declareParameters(x.graph, made.parameterTypes));
    };
    expect(fields(block('deeplab'), 1, 1, 50, 50)[2]!.whole).toBe(true);
    const branches = fields(
      (x) =>
        concat(
          [1, 6, 12, 18].map((dilation) => conv(3, { dilation })(x)),
          1,
        ) as Tensor,
      1,
      1,
      50,
      50,
    );
    expect(branches[2]).toMatchObject({ size: 37, jump: [1, 1], start: -18, whole: false, holes: 37 - 9 });
  });

  it('branches that disagree have no jump', () => {
    const field = fields(
      (x) => add(conv(3)(x), resize2d(pool(2, 2)(x), { size: [8, 8], mode: 'nearest' }) as Tensor),
      1,
      1,
      8,
      8,
    )[2]!;
    expect(field.jump).toEqual([1, 1]);
    const crooked = fields((x) => add(conv(3)(pool(2, 2)(x)), conv(5, { padding: 0 })(x)), 1, 1, 8, 8)[2]!;
    expect(crooked.jump).toBeUndefined();
  });

  it('deformable convolution: as far as offsets may reach', () => {
    const deformed = (x: Tensor): Tensor =>
      deformConv2d(
        x as Tensor<number[], 'f64'>,
        conv2d(x, x.graph.parameter('offsets', f64(18, 1, 1, 1))) as Tensor<number[], 'f64'>,
        x.graph.parameter('w', f64(1, 1, 3, 3)) as Tensor<number[], 'f64'>,
        { padding: 1 },
      ) as Tensor;
    const g = new GraphBuilder();
    const graph = g.build({ y: deformed(g.input('x', f64(1, 1, 9, 9))) });
    const field = (within?: number) => receptiveField(graph, within === undefined ? {} : { positions: { within } })[2]!;
    expect(field().whole).toBe(true);
    expect([0, 1, 2].map((within) => field(within).size)).toEqual([3, 5, 7]);
    // Half an element away are two.
    expect(field(0.5).size).toBe(5);
    expect([...fieldOf(graph, { at: [0, 0, 4, 4], positions: {} }).data].filter((read) => read === 1)).toHaveLength(9);
  });

  it('max pooling: every element of a window may be the one', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 9, 9));
    const y = inTurn(pool(3, 2, 1), pool(2, 1))(x) as Tensor<number[], 'f64'>;
    const mask = fieldOf(g.build({ y }), { at: [0, 0, 1, 2] });
    const one = array(f64(...y.shape));
    const chosen = g.input('chosen', f64(...y.shape));
    one.data[1 * y.shape[3]! + 2] = 1;
    const run = compile(g.build({ dx: grad(sum(mul(y, chosen)), x) }));
    const seen = new Set<number>();
    for (let seed = 0; seed < 300; seed++) {
      const values = new Random(seed, 'x').permutation(81);
      const { dx } = run.run({ x: array(f64(1, 1, 9, 9), values), chosen: one });
      dx!.data.forEach((value, i) => {
        if (value !== 0) seen.add(i);
      });
    }
    expect([...mask.data].flatMap((read, i) => (read === 1 ? [i] : []))).toEqual([...seen].sort((a, b) => a - b));
  });

  it('of nets that go down and up again, in every phase', () => {
    for (const name of ['unet', 'unet-resize', 'segnet']) {
      const made = makeNet(name, { inChannels: 1, classes: 2, width: 2, depth: 2, dtype: 'f64' });
      const g = new GraphBuilder();
      const x = g.input('x', f64(1, 1, 4, 128));
      const graph = g.build({ y: made.apply(x, declareParameters(g, made.parameterTypes)) });
      const spans = [0, 1, 2, 3, 4, 5, 6, 7].map((phase) => {
        const columns = fieldOf(graph, { at: [0, -1, -1, 64 + phase] });
        const read = [...columns.data].flatMap((value, i) => (value === 1 ? [i % 128] : []));
        return [Math.min(...read), Math.max(...read) + 1] as const;
      });
      const lengths = spans.map(([first, end]) => end - first);
      expect(receptiveField(graph)[3], name).toMatchObject({
        size: Math.max(...lengths),
        smallest: Math.min(...lengths),
        start: spans[0]![0] - 64,
        jump: [1, 1],
      });
    }
  });

  it('whole nets', () => {
    for (const name of ['unet', 'segnet']) {
      const made = makeNet(name, { inChannels: 1, classes: 2, width: 2, depth: 2, dtype: 'f64' });
      const field = fields((x) => made.apply(x, declareParameters(x.graph, made.parameterTypes)), 1, 1, 64, 64)[2]!;
      expect(field.size, name).toBeGreaterThan(10);
      expect(field.size, name).toBeLessThan(64);
      expect(field.jump, name).toEqual([1, 1]);
    }
  });
});

describe('fieldOf', () => {
  it('of sequences, causal and with holes', () => {
    const g = new GraphBuilder();
    const y = conv1d(g.input('x', f64(1, 1, 8)), g.parameter('w', f64(1, 1, 3)), { dilation: 2, padding: [[4, 0]] });
    const graph = g.build({ y });
    expect([...fieldOf(graph, { at: [0, 0, 5] }).data]).toEqual([0, 1, 0, 1, 0, 1, 0, 0]);
    expect([...fieldOf(graph, { at: [0, 0, 1] }).data]).toEqual([0, 1, 0, 0, 0, 0, 0, 0]);
    // All outputs together, and what the weights are read by.
    expect([...fieldOf(graph, { at: [] }).data]).toEqual(new Array(8).fill(1));
    expect([...fieldOf(graph, { at: [0, 0, 5], input: 'w' }).data]).toEqual([1, 1, 1]);
  });

  it('refuses names that are not there', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2));
    const graph = g.build({ a: relu(x), b: x });
    expect(() => receptiveField(graph)).toThrow('field/name');
    expect(() => receptiveField(graph, { output: 'c' })).toThrow("no output 'c'");
    expect(() => fieldOf(graph, { output: 'a', input: 'y', at: [] })).toThrow("no input 'y'");
  });
});
