import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grad, vjp } from '../../src/autodiff/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  adaptiveMaxPool3d,
  adaptiveMaxPoolWithIndices,
  avgPool1d,
  fractionalMaxPool2d,
  fractionalMaxPool3d,
  globalPool,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  maxPoolWithIndices,
  mul,
  spp,
  sum,
} from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const values = (count: number, seed = 1): number[] =>
  Array.from({ length: count }, (_, i) => ((i * 7 + seed * 5) % 23) - 11);
const evaluate = (x: Tensor, y: Tensor, list: readonly number[]): number[] => [
  ...runGraph({ y }, { x: array(x, list) }).y.data,
];
const input = (...shape: readonly number[]): Tensor => new GraphBuilder().input('x', { dtype: 'f64', shape });

const walk = fc
  .record({
    length: fc.integer({ min: 1, max: 8 }),
    kernel: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 5 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    lo: fc.integer({ min: -1, max: 4 }),
    hi: fc.nat(4),
    ceil: fc.boolean(),
    list: fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 8, maxLength: 8 }),
  })
  .map((a) => ({ ...a, hi: Math.max(a.hi, (a.kernel - 1) * a.dilation + 1 - a.length - a.lo) }));
type Walk = typeof walk extends fc.Arbitrary<infer T> ? T : never;
const options = ({ kernel, stride, dilation, lo, hi, ceil }: Walk) => ({
  kernel,
  stride,
  dilation,
  padding: [[lo, hi]] as const,
  ceil,
});
/** What window p of a walk reads: positions, some of them beyond the ends. */
const read = ({ kernel, stride, dilation, lo }: Walk, p: number) =>
  Array.from({ length: kernel }, (_, k) => p * stride + k * dilation - lo);

describe('windows anywhere: stride > window, holes, windows wholly in padding, negative padding', () => {
  it('maxima and means are those of what windows read', () => {
    fc.assert(
      fc.property(walk, fc.boolean(), (one, countIncludePad) => {
        const x = input(1, 1, one.length);
        const most = maxPool1d(x, options(one)) as Tensor;
        const average = avgPool1d(x, { ...options(one), countIncludePad }) as Tensor;
        const results = runGraph({ most, average }, { x: array(x, one.list.slice(0, one.length)) });
        for (let p = 0; p < most.shape[2]!; p++) {
          const inside = read(one, p).filter((at) => at >= 0 && at < one.length);
          const counted = countIncludePad ? read(one, p).filter((at) => at < one.length + one.hi) : inside;
          expect(results.most.data[p]).toBe(inside.length === 0 ? 0 : Math.max(...inside.map((at) => one.list[at]!)));
          const total = inside.reduce((sum, at) => sum + one.list[at]!, 0);
          expect(results.average.data[p]).toBeCloseTo(inside.length === 0 ? 0 : total / counted.length, 12);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('ceil mode keeps a window longer than the axis, as PyTorch does', () => {
    const x = input(1, 1, 2);
    expect(evaluate(x, maxPool1d(x, { kernel: 3, stride: 2, ceil: true }), [1, 4])).toEqual([4]);
    expect(evaluate(x, avgPool1d(x, { kernel: 3, stride: 2, ceil: true }), [1, 4])).toEqual([2.5]);
    expect(() => maxPool1d(x, { kernel: 5, stride: 2, ceil: true })).toThrow('pool/window:');
  });

  it.each([
    [0, 2, 5, 4],
    [2, 0, 5, 4],
  ])('no batch, or no channels, make nothing of nothing: %j', (...shape) => {
    const x = input(...shape);
    expect(runGraph({ y: maxPool2d(x, { kernel: 2 }) }, { x: array(x, []) }).y.data).toHaveLength(0);
    expect(runGraph({ y: adaptiveMaxPool2d(x, 2) }, { x: array(x, []) }).y.data).toHaveLength(0);
    expect(runGraph({ y: maxPool2d(x, { kernel: 2, ties: 'split' }) }, { x: array(x, []) }).y.data).toHaveLength(0);
  });

  it('no elements along a spatial axis are refused', () => {
    expect(() => maxPool2d(input(1, 1, 0, 4), { kernel: 1 })).toThrow('window/empty:');
    expect(() => adaptiveMaxPool2d(input(1, 1, 0, 4), 1)).toThrow('window/empty:');
    expect(() => adaptiveAvgPool2d(input(1, 1, 0, 4), 1)).toThrow('window/empty:');
  });
});

describe('ties: split', () => {
  it('pools to the bit what the others do; NaN and infinities too', () => {
    const some = fc.constantFrom(0.1, 0.1, 0.3, -0, 0, Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    fc.assert(
      fc.property(walk, fc.array(some, { minLength: 8, maxLength: 8 }), (one, list) => {
        const x = input(1, 1, one.length);
        const first = maxPool1d(x, options(one));
        const split = maxPool1d(x, { ...options(one), ties: 'split' });
        const results = runGraph({ first, split }, { x: array(x, list.slice(0, one.length)) });
        expect([...results.split.data].map((v) => v + 0)).toEqual([...results.first.data].map((v) => v + 0));
      }),
      { numRuns: 300 },
    );
  });

  it('gives each of n equal maxima a share of 1/n, between the one-sided derivatives', () => {
    const x = input(1, 1, 2, 4);
    const y = maxPool2d(x, { kernel: 2, ties: 'split' });
    const [ct] = grad(sum(mul(y, 12)) as Tensor<readonly [], 'f64'>, [x]);
    const list = [3, 3, 1, 5, 3, 0, 2, 4];
    expect(evaluate(x, ct!, list)).toEqual([4, 4, 0, 12, 4, 0, 0, 0]);
    // Along any direction u: D⁻ ≤ g·u ≤ D⁺ at a tie.
    const g = evaluate(x, ct!, list);
    const f = (point: readonly number[]): number => evaluate(x, sum(mul(y, 12)), point)[0]!;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 8, maxLength: 8 }), (u) => {
        const moved = (h: number) => f(list.map((v, i) => v + h * u[i]!));
        const h = 1 / 64;
        const along = g.reduce((sum, v, i) => sum + v * u[i]!, 0);
        expect((moved(h) - f(list)) / h).toBeGreaterThanOrEqual(along);
        expect((f(list) - moved(-h)) / h).toBeLessThanOrEqual(along);
      }),
      { numRuns: 30 },
    );
  });

  it('sums the shares of overlapping windows', () => {
    const x = input(1, 1, 4);
    const [ct] = grad(sum(maxPool1d(x, { kernel: 2, stride: 1, padding: 1, ties: 'split' })) as never, [x]);
    // Windows [a], [a b], [b c], [c d], [d] of four equal elements.
    expect(evaluate(x, ct!, [7, 7, 7, 7])).toEqual([1.5, 1, 1, 1.5]);
  });

  it('of integers there is no gradient to share', () => {
    const x = new GraphBuilder().input('x', { dtype: 'i32', shape: [1, 1, 4] });
    expect([
      ...runGraph({ y: maxPool1d(x, { kernel: 2, ties: 'split' }) }, { x: array(x, [1, 1, 4, 2]) }).y.data,
    ]).toEqual([1, 4]);
  });
});

describe('adaptive max pooling', () => {
  it('is the maximum of each window from ⌊i·L/n⌋ to ⌈(i + 1)·L/n⌉, and says where it stood', () => {
    const size = fc.integer({ min: 1, max: 7 });
    fc.assert(
      fc.property(size, size, size, size, fc.constantFrom('first', 'last', 'split'), (h, w, m, n, ties) => {
        const x = input(2, 1, h, w);
        const list = values(2 * h * w).map((v) => v % 4);
        const pooled = adaptiveMaxPoolWithIndices(x, [m, n], { ties: ties as 'first' });
        const results = runGraph({ values: pooled.values, at: pooled.indices }, { x: array(x, list) });
        let out = 0;
        for (let b = 0; b < 2; b++)
          for (let i = 0; i < m; i++)
            for (let j = 0; j < n; j++, out++) {
              const places: number[] = [];
              for (let r = Math.floor((i * h) / m); r < Math.ceil(((i + 1) * h) / m); r++)
                for (let c = Math.floor((j * w) / n); c < Math.ceil(((j + 1) * w) / n); c++) places.push(r * w + c);
              const numbers = places.map((at) => list[b * h * w + at]!);
              const most = Math.max(...numbers);
              expect(results.values.data[out]! + 0).toBe(most + 0);
              const at = ties === 'last' ? numbers.lastIndexOf(most) : numbers.indexOf(most);
              expect(results.at.data[out]).toBe(places[at]);
            }
      }),
      { numRuns: 150 },
    );
  });

  it('is max pooling where the grid divides the axes, gradients of ties included', () => {
    const x = input(1, 2, 4, 6, 2);
    const list = values(96).map((v) => v % 3);
    const ct = x.graph.input('ct', f64(1, 2, 2, 2, 1));
    for (const ties of ['first', 'last', 'split'] as const) {
      const [a, b] = [adaptiveMaxPool3d(x, [2, 2, 1], { ties }), maxPool3d(x, { kernel: [2, 3, 2], ties })];
      const results = runGraph(
        { a, b, ga: vjp(a, x, ct), gb: vjp(b, x, ct) },
        { x: array(x, list), ct: array(ct, values(8)) },
      );
      expect(results.a.data).toEqual(results.b.data);
      expect(results.ga.data).toEqual(results.gb.data);
    }
  });

  it('to one cell is global pooling and a pyramid’s first level', () => {
    const x = input(2, 3, 4, 5);
    const list = values(120);
    const [global, cell, level] = [
      globalPool(x, { kind: 'max' }),
      adaptiveMaxPool2d(x, 1),
      spp(x as Tensor<readonly [2, 3, 4, 5]>, [1]),
    ];
    const [means, average, avgLevel] = [
      globalPool(x, { kind: 'avg' }),
      adaptiveAvgPool2d(x, 1),
      spp(x as Tensor<readonly [2, 3, 4, 5]>, [1], { kind: 'avg' }),
    ];
    const results = runGraph({ global, cell, level, means, average, avgLevel }, { x: array(x, list) });
    expect(results.cell.data).toEqual(results.global.data);
    expect(results.level.data).toEqual(results.global.data);
    expect(results.avgLevel.data).toEqual(results.average.data);
    results.means.data.forEach((v, i) => {
      expect(v).toBeCloseTo(results.average.data[i]!, 12);
    });
  });
});

describe('fractional max pooling', () => {
  const places = (length: number, k: number, n: number, u: number): number[] =>
    Array.from({ length: n }, (_, i) => {
      const alpha = (length - k) / (n - 1);
      return i === n - 1 ? length - k : Math.floor((i + u) * alpha) - Math.floor(u * alpha);
    });

  it('reads windows where PyTorch’s intervals stand: width first in a plane', () => {
    const x = input(1, 2, 7, 9);
    const samples = x.graph.input('u', f64(1, 2, 2));
    const list = values(126).map((v, i) => v + i / 1000);
    const { values: pooled, indices } = fractionalMaxPool2d(x as never, { kernel: [2, 3], size: [3, 4], samples });
    const u = [0.3, 0.8, 0.55, 0.1];
    const results = runGraph({ pooled, indices }, { x: array(x, list), u: array(samples, u) });
    let out = 0;
    for (let c = 0; c < 2; c++)
      for (const top of places(7, 2, 3, u[2 * c + 1]!))
        for (const left of places(9, 3, 4, u[2 * c]!)) {
          const at = [0, 1].flatMap((r) => [0, 1, 2].map((s) => (top + r) * 9 + left + s));
          const most = Math.max(...at.map((p) => list[c * 63 + p]!));
          expect(results.pooled.data[out]).toBe(most);
          expect(list[c * 63 + results.indices.data[out++]!]).toBe(most);
        }
  });

  it('in a volume takes depth first, and one window stands at the end', () => {
    const x = input(1, 1, 3, 4, 5);
    const samples = x.graph.input('u', f64(1, 1, 3));
    const pooled = fractionalMaxPool3d(x as never, { kernel: 2, size: 1, samples }).values;
    const results = runGraph(
      { pooled },
      {
        x: array(
          x,
          Array.from({ length: 60 }, (_, i) => i),
        ),
        u: array(samples, [0, 0, 0]),
      },
    );
    expect([...results.pooled.data]).toEqual([59]);
    expect(() => fractionalMaxPool3d(x as never, { kernel: 2, size: 3, samples })).toThrow('pool/fraction:');
  });
});

it('indices of the same maxima whatever the tie rule says of gradients', () => {
  const x = input(1, 1, 4);
  const first = maxPoolWithIndices(x, { kernel: 4 }).indices;
  const split = maxPoolWithIndices(x, { kernel: 4, ties: 'split' }).indices;
  expect(runGraph({ first, split }, { x: array(x, [1, 2, 2, 0]) }).split.data[0]).toBe(1);
});
