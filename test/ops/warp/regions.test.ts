import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grad } from '../../../src/autodiff/index.ts';
import { drawPoint } from '../../../src/check/draw.ts';
import { Random } from '../../../src/check/random.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array, type NdArray } from '../../../src/graph/nd-array.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { f32, f64, i32, type Type } from '../../../src/graph/type.ts';
import {
  argmaxBox,
  avgPool2d,
  psRoiAlign,
  psRoiPool,
  resize2d,
  roiAlign,
  roiPool,
  slice,
  stack,
  sum,
} from '../../../src/ops/index.ts';
import { runGraph } from '../run-graph.ts';
import { binRange, binSamples, planeOf, type Regions } from './region-oracle.ts';

const values = (type: Type, seed: number, name: string): NdArray =>
  drawPoint(type, { kind: 'dyadic' }, new Random(seed, name));

/** What `pool` makes of x and boxes. */
function pooled(
  { x, boxes }: { readonly x: NdArray; readonly boxes: NdArray },
  pool: (x: Tensor, boxes: Tensor) => Tensor,
) {
  const g = new GraphBuilder();
  return runGraph({ y: pool(g.input('x', x), g.input('boxes', boxes)) }, { x, boxes }).y;
}

/** Random images and boxes: inside, across the border, outside, empty and upside down. */
const regions = (channelsPerBin: boolean): fc.Arbitrary<Regions> =>
  fc
    .record({
      images: fc.integer({ min: 1, max: 2 }),
      channels: fc.integer({ min: 1, max: 2 }),
      height: fc.integer({ min: 1, max: 6 }),
      width: fc.integer({ min: 1, max: 7 }),
      bins: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
      scale: fc.constantFrom(1, 0.5, 0.6, 2),
      boxes: fc.array(
        fc.tuple(
          fc.nat(1),
          ...[0, 0, 0, 0].map(() =>
            fc.oneof(fc.integer({ min: -6, max: 20 }), fc.double({ min: -3, max: 9, noNaN: true })),
          ),
        ),
        { maxLength: 3 },
      ),
      seed: fc.nat(),
    })
    .map(({ images, channels, height, width, bins, scale, boxes, seed }) => ({
      x: values(f64(images, channels * (channelsPerBin ? bins[0] * bins[1] : 1), height, width), seed, 'x'),
      boxes: array(
        f64(boxes.length, 5),
        boxes.flatMap(([image, ...rest]) => [image % images, ...rest]),
      ),
      bins,
      scale,
    }));

const mean = (list: readonly number[]): number =>
  list.length === 0 ? 0 : list.reduce((a, b) => a + b, 0) / list.length;
const greatest = (list: readonly number[]): number => (list.length === 0 ? 0 : Math.max(...list));

/** A number for every bin of every output channel of every box, [K,C,height,width]. */
function everyBin(
  { boxes, bins }: Regions,
  channels: number,
  f: (k: number, c: number, i: number, j: number) => number,
): number[] {
  const list: number[] = [];
  for (let k = 0; k < boxes.shape[0]!; k++)
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < bins[0]; i++) for (let j = 0; j < bins[1]; j++) list.push(f(k, c, i, j));
  return list;
}

const expectClose = (y: NdArray, expected: readonly number[]) => {
  expect(y.data.length).toBe(expected.length);
  for (const [i, v] of expected.entries()) expect(y.data[i]).toBeCloseTo(v, 10);
};

describe('roiPool', () => {
  it('takes the maxima of rounded bins, 0 of empty ones', () =>
    fc.assert(
      fc.property(regions(false), (c) => {
        const y = pooled(c, (x, boxes) => roiPool(x, boxes, { outputSize: c.bins, spatialScale: c.scale }));
        const rule = { extra: 1, last: 0 };
        const expected = everyBin(c, c.x.shape[1]!, (k, channel, i, j) => {
          const plane = planeOf(c, k, channel);
          const columns = binRange(c, k, 1, j, rule);
          return greatest(binRange(c, k, 0, i, rule).flatMap((row) => columns.map((column) => plane(row, column))));
        });
        expect(Array.from(y.data)).toEqual(expected);
      }),
      { numRuns: 100 },
    ));

  it('gives the first of equal maxima the whole gradient, and the boxes none', () => {
    const g = new GraphBuilder();
    const feeds = { x: array(f64(1, 1, 2, 3), [5, 5, 1, 2, 5, 0]), boxes: array(f64(1, 5), [0, 0, 0, 2, 1]) };
    const [x, boxes] = [g.input('x', feeds.x), g.input('boxes', feeds.boxes)];
    const [gx, gb] = grad(sum(roiPool(x, boxes, { outputSize: 1 })), [x, boxes]);
    const out = runGraph({ gx: gx!, gb: gb! } as { gx: Tensor; gb: Tensor }, feeds);
    expect(Array.from(out.gx.data)).toEqual([1, 0, 0, 0, 0, 0]);
    expect(Array.from(out.gb.data)).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('argmaxBox', () => {
  const run = (x: readonly number[], box: readonly number[]) => {
    const g = new GraphBuilder();
    const feeds = { x: array(f64(2, 1, 4), x), box: array(i32(1, 3), box) };
    return runGraph({ at: argmaxBox({ x: g.input('x', feeds.x), box: g.input('box', feeds.box) }) }, feeds).at.item();
  };
  const x = [1, Number.NaN, 7, Number.NaN, 4, 9, 9, 3];

  it('finds NaN before any number, the first of equals, only what is inside x, and −1 in an empty box', () => {
    expect([run(x, [0, 0, 4]), run(x, [1, 0, 4]), run(x, [1, -5, 1]), run(x, [1, 3, 99]), run(x, [0, 2, 2])]).toEqual([
      1, 5, 4, 7, -1,
    ]);
  });

  it('refuses boxes in no image when it runs, and boxes of another form before', () => {
    expect(() => run(x, [2, 0, 1])).toThrow('argmax-box/image: box 0 is in image 2, x has 2');
    const g = new GraphBuilder();
    const plane = g.input('x', f64(1, 1, 4, 4));
    expect(() => argmaxBox({ x: plane, box: g.input('box', i32(2, 3)) })).toThrow('argmax-box/box');
    expect(() => argmaxBox({ x: plane, box: g.input('real', f64(2, 5)) })).toThrow('argmax-box/box');
    expect(() => argmaxBox({ x: g.input('row', f64(1, 4)), box: g.input('b', i32(2, 1)) })).toThrow('argmax-box/rank');
  });
});

describe('psRoiPool', () => {
  it('takes the means of rounded bins, each from channels of its own', () =>
    fc.assert(
      fc.property(regions(true), (c) => {
        const y = pooled(c, (x, boxes) => psRoiPool(x, boxes, { outputSize: c.bins, spatialScale: c.scale }));
        const rule = { extra: 0, last: -1 };
        const [height, width] = c.bins;
        const expected = everyBin(c, c.x.shape[1]! / (height * width), (k, channel, i, j) => {
          const plane = planeOf(c, k, (channel * height + i) * width + j);
          const columns = binRange(c, k, 1, j, rule);
          return mean(binRange(c, k, 0, i, rule).flatMap((row) => columns.map((column) => plane(row, column))));
        });
        expectClose(y, expected);
      }),
      { numRuns: 100 },
    ));
});

const sampling = fc.record({ aligned: fc.boolean(), ratio: fc.constantFrom(-1, 0, 1, 2, 3) });

/**
 * The same regions a little aside: a sample exactly on the border, where values jump, would be inside or outside by the
 * last bit of its position. What happens there is pinned by a test of its own.
 */
const offBorder = (c: Regions): Regions => ({
  ...c,
  boxes: array(
    c.boxes,
    Array.from(c.boxes.data, (v, i) => (i % 5 === 0 ? v : v + 0.0137)),
  ),
});

describe('roiAlign', () => {
  it.each(['avg', 'max'] as const)('takes the %s of linear samples, adaptive numbers of them too', (mode) =>
    fc.assert(
      fc.property(regions(false).map(offBorder), sampling, (c, { aligned, ratio }) => {
        const y = pooled(c, (x, boxes) =>
          roiAlign(x, boxes, {
            outputSize: c.bins,
            spatialScale: c.scale,
            samplingRatio: ratio,
            aligned,
            mode,
            maxSamples: 60,
          }),
        );
        const rule = { aligned, ratio, atLeastOne: !aligned };
        const expected = everyBin(c, c.x.shape[1]!, (k, channel, i, j) => {
          const samples = binSamples(c, k, [i, j], planeOf(c, k, channel), rule);
          return mode === 'avg' ? mean(samples) : greatest(samples);
        });
        expectClose(y, expected);
      }),
      { numRuns: 60 },
    ),
  );

  it('on the whole image is average pooling where bins match, resizing with one sample, and the image at its own size', () => {
    const x = values(f64(2, 3, 6, 8), 1, 'x');
    const boxes = array(f64(2, 5), [0, 0, 0, 8, 6, 1, 0, 0, 8, 6]);
    const at = (outputSize: readonly number[], samplingRatio: number) =>
      pooled({ x, boxes }, (t, b) => roiAlign(t, b, { outputSize, samplingRatio, aligned: true }));
    const of = (f: (x: Tensor) => Tensor) => pooled({ x, boxes }, f);
    expectClose(at([3, 4], 2), Array.from(of((t) => avgPool2d(t, { kernel: 2 })).data));
    expectClose(at([3, 4], 0), Array.from(of((t) => avgPool2d(t, { kernel: 2 })).data));
    expectClose(at([6, 8], 1), Array.from(x.data));
    expectClose(at([9, 5], 1), Array.from(of((t) => resize2d(t, { size: [9, 5], mode: 'linear' })).data));
  });

  it('counts samples on −1 and on the size as border, those beyond as zeros', () => {
    const x = array(f64(1, 1, 1, 2), [3, 5]);
    const at = (left: number) =>
      pooled({ x, boxes: array(f64(1, 5), [0, left, 0, left + 1, 1]) }, (t, b) =>
        roiAlign(t, b, { outputSize: 1, samplingRatio: 1 }),
      ).item();
    expect([-1.5, -1.5 - 2 ** -40, 0, 1.5, 1.5 + 2 ** -40].map(at)).toEqual([3, 0, 4, 5, 0]);
  });

  it('takes the greatest weighed neighbour in mode max-tap', () => {
    const x = array(f64(1, 1, 2, 2), [1, 2, 3, 4]);
    const boxes = array(f64(1, 5), [0, 0, 0, 1, 0.5]);
    const y = pooled({ x, boxes }, (t, b) => roiAlign(t, b, { outputSize: 1, samplingRatio: 1, mode: 'max-tap' }));
    // Sampled at row 1/2 and column 1/2, as a box has at least one element.
    expect(y.item()).toBe(1);
  });

  it('refuses, when it runs, boxes in no image and more samples than declared', () => {
    const x = array(f64(2, 1, 4, 4));
    const run = (box: readonly number[]) =>
      pooled({ x, boxes: array(f64(1, 5), box) }, (t, b) => roiAlign(t, b, { outputSize: 2 }));
    expect(() => run([2, 0, 0, 4, 4])).toThrow('value/range: the image of a box is 2');
    expect(() => run([-1, 0, 0, 4, 4])).toThrow('value/range');
    expect(() => run([0, 0, 0, 4, 7])).toThrow('value/range: the number of samples per bin and axis is 4');
    expect(run([1, 0, 0, 4, 6]).shape).toEqual([1, 1, 2, 2]);
  });
});

describe('psRoiAlign', () => {
  it('is aligned sampling of channels of its own for every bin', () =>
    fc.assert(
      fc.property(regions(true).map(offBorder), fc.constantFrom(0, 1, 2), (c, ratio) => {
        const [height, width] = c.bins;
        const options = { outputSize: c.bins, spatialScale: c.scale, samplingRatio: ratio, maxSamples: 60 };
        const y = pooled(c, (x, boxes) => psRoiAlign(x, boxes, options));
        const rule = { aligned: true, ratio, atLeastOne: false };
        const expected = everyBin(c, c.x.shape[1]! / (height * width), (k, channel, i, j) =>
          mean(binSamples(c, k, [i, j], planeOf(c, k, (channel * height + i) * width + j), rule)),
        );
        expectClose(y, expected);
      }),
      { numRuns: 60 },
    ));

  it('is roiAlign bin by bin', () => {
    const feeds = {
      x: values(f64(2, 8, 5, 6), 1, 'x'),
      boxes: array(f64(2, 5), [1, 0.3, 0.4, 5.1, 4.2, 0, 1.2, 2.1, 4.4, 4.9]),
    };
    const options = { outputSize: 2, samplingRatio: 2 };
    const own = pooled(feeds, (x, boxes) => psRoiAlign(x, boxes, options));
    const whole = pooled(feeds, (x, boxes) => {
      const y = roiAlign(x, boxes, { ...options, aligned: true });
      // Channel c·4 + 2·i + j of bin (i, j).
      const pick = (c: number, i: number, j: number): Tensor =>
        slice(y, { starts: [0, 4 * c + 2 * i + j, i, j], limits: [2, 4 * c + 2 * i + j + 1, i + 1, j + 1] });
      const list = [0, 1].flatMap((c) => [0, 1].flatMap((i) => [0, 1].map((j) => pick(c, i, j))));
      return stack(list, 1);
    });
    expectClose(own, Array.from(whole.data));
  });
});

it('pools no boxes, no channels and images of one pixel', () => {
  const pools: readonly ((x: Tensor, boxes: Tensor) => Tensor)[] = [
    (x, boxes) => roiPool(x, boxes, { outputSize: [1, 2] }),
    (x, boxes) => psRoiPool(x, boxes, { outputSize: [1, 2] }),
    (x, boxes) => roiAlign(x, boxes, { outputSize: [1, 2] }),
    (x, boxes) => roiAlign(x, boxes, { outputSize: [1, 2], mode: 'max', aligned: true }),
    (x, boxes) => psRoiAlign(x, boxes, { outputSize: [1, 2] }),
  ];
  for (const [p, pool] of pools.entries())
    for (const [count, channels] of [
      [0, 2],
      [1, 0],
      [1, 2],
    ] as const) {
      const x = array(f32(1, channels, 1, 1), new Array<number>(channels).fill(3));
      const y = pooled({ x, boxes: array(f32(count, 5)) }, pool);
      const sensitive = p === 1 || p === 4;
      expect(y.shape).toEqual([count, sensitive ? channels / 2 : channels, 1, 2]);
      // A box of no extent at the origin is one element long, but for those that may be shorter.
      const expected = p === 0 || p === 2 ? 3 : 0;
      expect(Array.from(y.data).every((v) => v === expected)).toBe(true);
    }
});

it('refuses images, boxes and options that do not fit', () => {
  const g = new GraphBuilder();
  const input = (name: string, ...shape: number[]): Tensor => g.input(name, f64(...shape));
  const [x, boxes] = [input('x', 1, 4, 5, 5), input('boxes', 3, 5)];
  const options = { outputSize: 2 };
  expect(() => roiPool(input('y', 4, 5, 5), boxes, options)).toThrow('region/image: x is [4,5,5]');
  expect(() => roiPool(x, input('c', 3, 4), options)).toThrow('region/boxes: the boxes are [3,4], not [K,5]');
  expect(() => roiPool(x, g.input('d', f32(3, 5)) as Tensor, options)).toThrow('region/dtype');
  expect(() => roiPool(x, boxes, { outputSize: [2, 2, 2] })).toThrow('option/axes');
  expect(() => roiAlign(x, boxes, { ...options, spatialScale: 0 })).toThrow('region/options');
  expect(() => roiAlign(x, boxes, { ...options, samplingRatio: 0.5 })).toThrow('region/options');
  expect(() => roiAlign(x, boxes, { ...options, mode: 'sum' as 'max' })).toThrow('region/options');
  expect(() => psRoiPool(x, boxes, { outputSize: 3 })).toThrow('region/channels');
  expect(() => psRoiAlign(x, boxes, { outputSize: 3 })).toThrow('region/channels');
});
