import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import { conv2d, fold, matmul, mul, reshape, sum, unfold } from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const axis = fc
  .record({
    length: fc.integer({ min: 1, max: 5 }),
    kernel: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 4 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    lo: fc.integer({ min: -1, max: 4 }),
    hi: fc.integer({ min: -1, max: 4 }),
  })
  // One window fits by construction.
  .map((a) => ({ ...a, hi: Math.max(a.hi, (a.kernel - 1) * a.dilation + 1 - a.length - a.lo) }));
const geometry = fc.record({
  axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
  channels: fc.constantFrom(1, 2),
  batch: fc.constantFrom(1, 2, 0),
});
type Axis = typeof axis extends fc.Arbitrary<infer T> ? T : never;

const optionsOf = (axes: readonly Axis[]) => ({
  kernel: axes.map((a) => a.kernel),
  stride: axes.map((a) => a.stride),
  dilation: axes.map((a) => a.dilation),
  padding: axes.map((a) => [a.lo, a.hi] as const),
});
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => ((i * 5 + 2) % 13) - 6);
const input = (g: GraphBuilder, name: string, shape: readonly number[]): Tensor =>
  g.input(name, { dtype: 'f64', shape });

/** All indices of a shape, the last axis fastest. */
const indices = (shape: readonly number[]): number[][] =>
  shape.reduce<number[][]>((all, n) => all.flatMap((i) => Array.from({ length: n }, (_, k) => [...i, k])), [[]]);

describe('unfold and fold', () => {
  it('unfold copies, channel by channel, tap by tap, what windows read', () => {
    fc.assert(
      fc.property(geometry, ({ axes, channels, batch }) => {
        const g = new GraphBuilder();
        const x = input(g, 'x', [batch, channels, ...axes.map((a) => a.length)]);
        const y = unfold(x, optionsOf(axes)) as Tensor;
        const counts = axes.map(
          (a) => Math.floor((a.length + a.lo + a.hi - (a.kernel - 1) * a.dilation - 1) / a.stride) + 1,
        );
        const [data, plane] = [numbers(sizeOf(x.shape)), sizeOf(x.shape.slice(2))];
        const expected = Array.from({ length: batch * channels }, (_, c) =>
          indices(axes.map((a) => a.kernel)).flatMap((k) =>
            indices(counts).map((p) => {
              const at = axes.map((a, i) => p[i]! * a.stride + k[i]! * a.dilation - a.lo);
              const inside = at.every((q, i) => q >= 0 && q < axes[i]!.length);
              return inside ? data[c * plane + at.reduce((flat, q, i) => flat * axes[i]!.length + q, 0)]! : 0;
            }),
          ),
        ).flat();
        expect(y.shape).toEqual([batch, channels * sizeOf(axes.map((a) => a.kernel)), sizeOf(counts)]);
        expect([...runGraph({ y }, { x: array(x, data) }).y.data]).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  it('fold is its adjoint; their mean undoes it where windows cover everything', () => {
    fc.assert(
      fc.property(geometry, ({ axes, channels, batch }) => {
        const g = new GraphBuilder();
        const size = axes.map((a) => a.length);
        const x = input(g, 'x', [batch, channels, ...size]);
        const y = unfold(x, optionsOf(axes)) as Tensor;
        const c = input(g, 'c', y.shape);
        const back = fold(c, { ...optionsOf(axes), size }) as Tensor;
        const again = fold(y, { ...optionsOf(axes), size, overlap: 'mean' }) as Tensor;
        expect(back.shape).toEqual(x.shape);
        const feeds = { x: array(x, numbers(sizeOf(x.shape))), c: array(c, numbers(sizeOf(c.shape))) };
        const values = runGraph({ there: sum(mul(y, c)), back: sum(mul(x, back)), again }, feeds);
        expect(values.there.item()).toBe(values.back.item());
        values.again.data.forEach((value, i) => {
          if (value !== 0) expect(value).toBeCloseTo(feeds.x.data[i]!, 12);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('a convolution is a product with columns', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2, 3, 5, 4));
    const w = g.input('w', f64(4, 3, 3, 2));
    const walk = { stride: [2, 1], padding: [1, 0], dilation: [1, 2] } as const;
    const columns = unfold(x, { kernel: [3, 2], ...walk });
    const y = conv2d(x, w, walk);
    const product = reshape(matmul(reshape(w, [4, 18]), columns), y.shape);
    const values = runGraph({ y, product }, { x: array(x, numbers(120)), w: array(w, numbers(72)) });
    expect(values.product.data).toEqual(values.y.data);
  });

  it.each([
    [[1, 8, 4], 'fold/columns'],
    [[1, 9, 3], 'fold/columns'],
    [[9, 4], 'fold/columns'],
  ])('fold refuses columns %j', (shape, code) => {
    const x = input(new GraphBuilder(), 'x', shape);
    expect(() => fold(x, { size: [4, 4], kernel: 3 })).toThrow(`${code}:`);
  });
});
