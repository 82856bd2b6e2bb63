import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vjp } from '../../../src/autodiff/index.ts';
import { drawPoint } from '../../../src/check/draw.ts';
import { checkKink } from '../../../src/check/index.ts';
import { Random } from '../../../src/check/random.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array, type NdArray } from '../../../src/graph/nd-array.ts';
import { sizeOf } from '../../../src/graph/shape.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { f64, type Type } from '../../../src/graph/type.ts';
import { concat, conv2d, deformConv2d, mul, slice, transpose } from '../../../src/ops/index.ts';
import { runGraph } from '../run-graph.ts';

/** Dyadic numbers, so that every order of summation gives the same bits. */
const dyadic = (type: Type, seed: number, name: string): NdArray =>
  drawPoint(type, { kind: 'dyadic' }, new Random(seed, name));

const pair = (arbitrary: fc.Arbitrary<number>) => fc.tuple(arbitrary, arbitrary);

/** Geometry of a deformable convolution, with the sizes that follow. */
const geometry = fc
  .record({
    batch: fc.integer({ min: 0, max: 2 }),
    groups: fc.integer({ min: 1, max: 2 }),
    inputs: fc.integer({ min: 1, max: 2 }),
    outputs: fc.integer({ min: 1, max: 2 }),
    size: pair(fc.integer({ min: 3, max: 6 })),
    kernel: pair(fc.integer({ min: 1, max: 3 })),
    stride: pair(fc.integer({ min: 1, max: 3 })),
    dilation: pair(fc.integer({ min: 1, max: 2 })),
    lo: pair(fc.integer({ min: 0, max: 2 })),
    spread: fc.boolean(),
  })
  .map((c) => {
    const padding = c.lo.map(
      (lo, k) => [lo, Math.max(0, (c.kernel[k]! - 1) * c.dilation[k]! + 1 - c.size[k]! - lo)] as const,
    );
    const out = padding.map(
      ([lo, hi], k) => Math.floor((c.size[k]! + lo + hi - (c.kernel[k]! - 1) * c.dilation[k]! - 1) / c.stride[k]!) + 1,
    );
    const channels = c.groups * c.inputs;
    return { ...c, padding, out, channels, parts: c.spread ? channels : 1, taps: c.kernel[0] * c.kernel[1] };
  });

describe('deformConv2d', () => {
  it('without offsets, with masks of one, is a convolution to the bit', () =>
    fc.assert(
      fc.property(geometry, fc.nat(), (c, seed) => {
        const g = new GraphBuilder();
        const { stride, padding, dilation } = c;
        const x = dyadic(f64(c.batch, c.channels, ...c.size), seed, 'x');
        const w = dyadic(f64(c.groups * c.outputs, c.inputs, ...c.kernel), seed, 'w');
        const bias = dyadic(f64(c.groups * c.outputs), seed, 'bias');
        const offset = array(f64(c.batch, c.parts * c.taps * 2, ...c.out));
        const mask = array(f64(c.batch, c.parts * c.taps, ...c.out));
        mask.data.fill(1);
        const feeds = { x, w, bias, offset, mask };
        const t = Object.fromEntries(Object.entries(feeds).map(([name, v]) => [name, g.input(name, v)]));
        const options = { bias: t.bias!, stride, padding, dilation };
        const y = deformConv2d(t.x!, t.offset!, t.w!, { ...options, mask: t.mask! });
        const expected = conv2d(t.x!, t.w!, { ...options, groups: c.groups });
        const out = runGraph({ y, expected } as { y: Tensor; expected: Tensor }, feeds);
        expect(out.y).toEqual(out.expected);
      }),
      { numRuns: 150 },
    ));

  it('with whole offsets reads those elements, or zeros outside, times their mask', () =>
    fc.assert(
      fc.property(geometry, fc.nat(), (c, seed) => {
        const g = new GraphBuilder();
        const { stride, padding, dilation } = c;
        const x = dyadic(f64(c.batch, c.channels, ...c.size), seed, 'x');
        const w = dyadic(f64(c.groups * c.outputs, c.inputs, ...c.kernel), seed, 'w');
        const whole = { kind: 'integers', low: -3, high: 3 } as const;
        const offset = drawPoint(f64(c.batch, c.parts * c.taps * 2, ...c.out), whole, new Random(seed, 'offset'));
        const mask = dyadic(f64(c.batch, c.parts * c.taps, ...c.out), seed, 'mask');
        const feeds = { x, w, offset, mask };
        const t = Object.fromEntries(Object.entries(feeds).map(([name, v]) => [name, g.input(name, v)]));
        const y = deformConv2d(t.x!, t.offset!, t.w!, { stride, padding, dilation, mask: t.mask! }) as Tensor;
        const places = sizeOf(c.out);
        const [H, W] = c.size;
        const expected: number[] = [];
        for (let n = 0; n < c.batch; n++)
          for (let o = 0; o < c.groups * c.outputs; o++)
            for (let at = 0; at < places; at++) {
              let sum = 0;
              for (let i = 0; i < c.inputs; i++) {
                const channel = Math.floor(o / c.outputs) * c.inputs + i;
                const part = Math.floor(channel / (c.channels / c.parts));
                for (let tap = 0; tap < c.taps; tap++) {
                  const shift = (axis: number) =>
                    offset.data[((n * c.parts + part) * c.taps * 2 + 2 * tap + axis) * places + at]!;
                  const [a, b] = [Math.floor(tap / c.kernel[1]), tap % c.kernel[1]];
                  const [p, q] = [Math.floor(at / c.out[1]!), at % c.out[1]!];
                  const row = p * stride[0] - padding[0]![0] + a * dilation[0] + shift(0);
                  const column = q * stride[1] - padding[1]![0] + b * dilation[1] + shift(1);
                  if (row < 0 || row >= H || column < 0 || column >= W) continue;
                  const factor = mask.data[((n * c.parts + part) * c.taps + tap) * places + at]!;
                  const value = x.data[((n * c.channels + channel) * H + row) * W + column]!;
                  sum += factor * value * w.data[(o * c.inputs + i) * c.taps + tap]!;
                }
              }
              expected.push(sum);
            }
        expect(Array.from(runGraph({ y }, feeds).y.data)).toEqual(expected);
      }),
      { numRuns: 150 },
    ));

  it('reads offsets in either order, infers groups, and is linear in the mask', () => {
    const g = new GraphBuilder();
    const feeds = {
      x: dyadic(f64(1, 4, 5, 6), 1, 'x'),
      w: dyadic(f64(2, 2, 2, 3), 2, 'w'),
      offset: dyadic(f64(1, 24, 4, 4), 3, 'offset'),
      mask: dyadic(f64(1, 12, 4, 4), 4, 'mask'),
    };
    const [x, w, offset, mask] = Object.entries(feeds).map(([name, v]) => g.input(name, v)) as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const column = (k: number) => slice(offset, { starts: [0, k, 0, 0], limits: [1, k + 1, 4, 4] });
    const swapped = concat(
      Array.from({ length: 24 }, (_, k) => column(k ^ 1)),
      1,
    );
    const y = deformConv2d(x, offset, w, { mask });
    const out = runGraph(
      {
        y,
        xy: deformConv2d(x, swapped, w, { mask, offsetOrder: 'xy' }),
        named: deformConv2d(x, offset, w, { mask, offsetGroups: 2 }),
        double: deformConv2d(x, offset, w, { mask: mul(mask, 2) }),
        doubled: mul(y, 2),
      } as { readonly [name: string]: Tensor },
      feeds,
    );
    expect(out.xy).toEqual(out.y);
    expect(out.named).toEqual(out.y);
    expect(out.double).toEqual(out.doubled);
  });

  it('commutes with transposing the image', () => {
    const g = new GraphBuilder();
    const feeds = {
      x: dyadic(f64(1, 2, 5, 6), 1, 'x'),
      w: dyadic(f64(2, 2, 1, 2), 2, 'w'),
      offset: dyadic(f64(1, 4, 3, 5), 3, 'offset'),
    };
    const [x, w, offset] = Object.entries(feeds).map(([name, v]) => g.input(name, v)) as [Tensor, Tensor, Tensor];
    const turn = (t: Tensor): Tensor => transpose(t, [0, 1, 3, 2]) as Tensor;
    const y = deformConv2d(x, offset, w, { stride: [2, 1] }) as Tensor;
    const turned = deformConv2d(turn(x), turn(offset), turn(w), { stride: [1, 2], offsetOrder: 'xy' }) as Tensor;
    const out = runGraph({ y: turn(y), turned }, feeds);
    expect(out.turned).toEqual(out.y);
  });

  it('takes the right derivative at zero offsets, where every tap is on an element', () => {
    checkKink({
      name: 'deformConv2d',
      types: { x: f64(1, 1, 3, 3), w: f64(1, 1, 2, 2), offset: f64(1, 8, 2, 2) },
      at: { x: [1, -2, 4, 3, 5, -1, 2, -6, 7], w: [1, 2, -1, 3], offset: new Array<number>(32).fill(0) },
      input: 'offset',
      takes: new Array<'right'>(32).fill('right'),
      build: ({ x, w, offset }) => deformConv2d(x!, offset!, w!),
    });
  });

  it('has value 0 and gradient 0 at −1 and at the size', () => {
    for (const [start, end] of [
      [-1, 0],
      [0, 2],
      [0, -1],
    ] as const) {
      const g = new GraphBuilder();
      const feeds = {
        x: array(f64(1, 1, 2, 2), [1, 2, 4, 8]),
        offset: array(f64(1, 2, 1, 1), [start, end]),
        w: array(f64(1, 1, 1, 1), [3]),
        u: array(f64(1, 1, 1, 1), [1]),
      };
      const offset = g.input('offset', feeds.offset);
      const window = {
        padding: [
          [0, -1],
          [0, -1],
        ],
      } as const;
      const y = deformConv2d(g.input('x', feeds.x), offset, g.input('w', feeds.w), window) as Tensor;
      const out = runGraph({ y, slope: vjp(y, offset as Tensor, g.input('u', feeds.u)) }, feeds);
      expect(Array.from(out.y.data)).toEqual([0]);
      expect(Array.from(out.slope.data).map(Math.abs)).toEqual([0, 0]);
    }
  });

  it('refuses what does not fit', () => {
    const g = new GraphBuilder();
    const input = (name: string, ...shape: number[]): Tensor => g.input(name, f64(...shape));
    const [x, w] = [input('x', 1, 3, 5, 5), input('w', 2, 3, 3, 3)];
    const offset = input('offset', 1, 18, 3, 3);
    expect(deformConv2d(x, offset, w).shape).toEqual([1, 2, 3, 3]);
    expect(() => deformConv2d(x, input('o1', 1, 18, 5, 5), w)).toThrow('deform-conv/offset');
    expect(() => deformConv2d(x, input('o2', 1, 36, 3, 3), w)).toThrow('groups × 18');
    expect(() => deformConv2d(x, offset, w, { offsetGroups: 3 })).toThrow('deform-conv/offset');
    expect(() => deformConv2d(x, offset, w, { mask: input('m', 1, 18, 3, 3) })).toThrow('deform-conv/mask');
    expect(() => deformConv2d(x, offset, input('w2', 2, 2, 3, 3))).toThrow('deform-conv/channels');
    expect(() => deformConv2d(x, offset, w, { offsetOrder: 'rows' as 'xy' })).toThrow('deform-conv/order');
    expect(() => deformConv2d(input('small', 1, 3, 2, 2), offset, w)).toThrow('conv/window');
  });
});
