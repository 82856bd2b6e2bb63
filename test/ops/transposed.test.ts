import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grad, vjp } from '../../src/autodiff/index.ts';
import { gradcheck } from '../../src/check/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, type Type } from '../../src/graph/type.ts';
import {
  conv1d,
  conv2d,
  conv3d,
  convMatrix,
  convTranspose1d,
  convTranspose2d,
  convTranspose3d,
  div,
  mul,
  onesLike,
  stampTables,
  sum,
} from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const methods = ['zeros', 'matrix', 'stamps'] as const;
const plain = (...shape: readonly number[]): Type => ({ dtype: 'f64', shape });
type AnyRank = (x: Tensor, w: Tensor, options: object) => Tensor;
// Shapes and options are drawn, so the signatures' literal sizes are of no use here.
const transposed = [convTranspose1d, convTranspose2d, convTranspose3d] as unknown as readonly AnyRank[];
const forward = [conv1d, conv2d, conv3d] as unknown as readonly AnyRank[];

const axis = fc
  .record({
    length: fc.integer({ min: 1, max: 3 }),
    window: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 4 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    lo: fc.integer({ min: -1, max: 2 }),
    hi: fc.integer({ min: -1, max: 2 }),
    extra: fc.nat(3),
  })
  .map((a) => {
    const extra = a.extra % Math.max(a.stride, a.dilation);
    const whole = (a.length - 1) * a.stride + (a.window - 1) * a.dilation + 1 + extra;
    // Something is left by construction.
    const over = Math.max(0, a.lo + a.hi + 1 - whole);
    return { ...a, extra, hi: a.hi - over, size: whole - a.lo - a.hi + over };
  });
const geometry = fc.record({
  axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
  groups: fc.constantFrom(1, 2),
  inputs: fc.constantFrom(1, 2),
  outputs: fc.constantFrom(1, 2),
  batch: fc.constantFrom(1, 2, 0),
});
type Geometry = typeof geometry extends fc.Arbitrary<infer T> ? T : never;

const numbers = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, i) => ((i * 7 + seed * 13 + 3) % 17) - 8);

function optionsOf({ axes, groups }: Geometry) {
  return {
    stride: axes.map((a) => a.stride),
    dilation: axes.map((a) => a.dilation),
    padding: axes.map((a) => [a.lo, a.hi] as const),
    outputPadding: axes.map((a) => a.extra),
    groups,
  };
}

/** x, w and the transposed convolution of them in every method. */
function build(one: Geometry, overlap: 'sum' | 'mean' = 'sum') {
  const g = new GraphBuilder();
  const { axes, groups, inputs, outputs, batch } = one;
  const x = g.input('x', plain(batch, groups * inputs, ...axes.map((a) => a.length))) as Tensor;
  const w = g.input('w', plain(groups * inputs, outputs, ...axes.map((a) => a.window))) as Tensor;
  const call = transposed[axes.length - 1]!;
  const made = Object.fromEntries(
    methods.map((method) => [method, call(x, w, { ...optionsOf(one), method, overlap })]),
  ) as { readonly [m in (typeof methods)[number]]: Tensor };
  const feeds = { x: array(x, numbers(sizeOf(x.shape), 1)), w: array(w, numbers(sizeOf(w.shape), 2)) };
  return { g, x, w, made, feeds };
}

describe('three ways to transpose a convolution', () => {
  it('agree to the bit, in value and in both gradients', () => {
    fc.assert(
      fc.property(geometry, (one) => {
        const { g, x, w, made, feeds } = build(one);
        const ct = g.input('ct', plain(...made.zeros.shape));
        const results: { [name: string]: Tensor } = {};
        for (const method of methods) {
          const cts = vjp(made[method], { x, w }, ct);
          results[method] = made[method];
          results[`${method} x`] = cts.x;
          results[`${method} w`] = cts.w;
        }
        expect(made.zeros.shape.slice(2)).toEqual(one.axes.map((a) => a.size));
        const values = runGraph(results, { ...feeds, ct: array(ct, numbers(sizeOf(ct.shape), 3)) });
        for (const what of ['', ' x', ' w'])
          for (const method of ['matrix', 'stamps'])
            expect(values[`${method}${what}`]!.data).toEqual(values[`zeros${what}`]!.data);
      }),
      { numRuns: 150 },
    );
  });

  it('are the adjoint of the convolution: ⟨conv(v), x⟩ = ⟨v, convTranspose(x)⟩', () => {
    fc.assert(
      fc.property(geometry, (one) => {
        const { g, x, w, made, feeds } = build(one);
        const v = g.input('v', plain(...made.zeros.shape)) as Tensor;
        const { stride, dilation, padding, groups } = optionsOf(one);
        const call = forward[one.axes.length - 1]!;
        // The convolution of what output padding made too long has so many positions, or one more.
        const y = call(v, w, { stride, dilation, padding, groups });
        fc.pre(y.shape.join() === x.shape.join());
        const sides = { there: sum(mul(y, x)), back: sum(mul(v, made.matrix)) };
        const values = runGraph(sides, { ...feeds, v: array(v, numbers(sizeOf(v.shape), 4)) });
        expect(values.there.item()).toBe(values.back.item());
      }),
      { numRuns: 100 },
    );
  });
});

describe('overlap: mean', () => {
  it('is the sum divided by how many stamps lie there; holes stay 0', () => {
    fc.assert(
      fc.property(geometry, (one) => {
        const { x, w, made, feeds } = build(one, 'mean');
        const sums = build(one);
        const values = runGraph(made, feeds);
        const sum = runGraph(sums.made, sums.feeds).zeros;
        // Stamps of ones of a single channel count themselves.
        const ones = build({ ...one, groups: 1, inputs: 1, outputs: 1, batch: 1 });
        const hits = runGraph(ones.made, {
          x: array(ones.x, new Float64Array(sizeOf(ones.x.shape)).fill(1)),
          w: array(ones.w, new Float64Array(sizeOf(ones.w.shape)).fill(1)),
        }).matrix.data;
        expect([x.shape.length, w.shape.length]).toEqual([sum.shape.length, sum.shape.length]);
        for (const method of methods)
          values[method].data.forEach((value, i) => {
            const count = hits[i % hits.length]!;
            expect(value).toBeCloseTo(count === 0 ? 0 : sum.data[i]! / count, 12);
          });
      }),
      { numRuns: 60 },
    );
  });

  it('has its own gradient, which is not the sum’s', () => {
    gradcheck(({ x, w }) => convTranspose2d(x!, w!, { stride: 2, overlap: 'mean' }), {
      types: { x: f64(1, 2, 2, 3), w: f64(2, 1, 3, 3) },
      order: 3,
      degree: { x: 1, w: 1 },
    }).expect();
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 3));
    const w = g.input('w', f64(1, 1, 2));
    const [mean] = grad(sum(convTranspose1d(x, w, { overlap: 'mean' })), [x]);
    const [sums] = grad(sum(convTranspose1d(x, w)), [x]);
    const ones = array(f64(1, 1, 2), [1, 1]);
    const values = runGraph({ mean: mean!, sums: sums! }, { x: array(x), w: ones });
    expect([...values.mean.data]).toEqual([1.5, 1, 1.5]);
    expect([...values.sums.data]).toEqual([2, 2, 2]);
  });

  it('keeps a constant where kernels of ones cover everything', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 3, 4));
    const y = convTranspose2d(x, onesLike(g.input('w', f64(1, 1, 3, 3))), { stride: 2, overlap: 'mean' });
    const values = runGraph(
      { y: div(y, 5) },
      { x: array(x, new Float64Array(12).fill(5)), w: array(f64(1, 1, 3, 3)) },
    ).y;
    for (const value of values.data) expect(value).toBeCloseTo(1, 12);
  });
});

describe('convMatrix', () => {
  const seed = new URL('../../../shared/seeds/004_16545c01bf622994.txt', import.meta.url);
  const tables = stampTables(convMatrix({ size: [5, 5], kernel: [3, 3] }));

  it('prints the 5×5 stamp tables of the lecture notes', (context) => {
    if (!existsSync(seed)) {
      console.log('skipped: ../shared/seeds is not there');
      return context.skip('no seeds');
    }
    const text = readFileSync(seed, 'utf8');
    expect(tables).toHaveLength(9);
    for (const table of tables.slice(0, 2)) expect(text).toContain(table);
  });

  it('puts each stamp where its position is', () => {
    expect(tables[0]).toBe(
      'w1x1\tw2x1\tw3x1\t0\t0\nw4x1\tw5x1\tw6x1\t0\t0\nw7x1\tw8x1\tw9x1\t0\t0\n0\t0\t0\t0\t0\n0\t0\t0\t0\t0',
    );
    expect(tables[8]).toBe(
      '0\t0\t0\t0\t0\n0\t0\t0\t0\t0\n0\t0\tw1x9\tw2x9\tw3x9\n0\t0\tw4x9\tw5x9\tw6x9\n0\t0\tw7x9\tw8x9\tw9x9',
    );
  });

  it('times a plane is the convolution of it', () => {
    const padding = [
      [1, 0],
      [2, 1],
    ] as const;
    const W = convMatrix({ size: [4, 3], kernel: [2, 3], stride: [2, 1], dilation: [1, 2], padding });
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 4, 3));
    const w = g.input('w', f64(1, 1, 2, 3));
    const y = conv2d(x, w, { stride: [2, 1], dilation: [1, 2], padding });
    const [xs, ws] = [numbers(12, 5), numbers(6, 6)];
    const product = new Array<number>(sizeOf(W.positions)).fill(0);
    W.rows.forEach((row, e) => {
      product[row]! += ws[W.taps[e]!]! * xs[W.columns[e]!]!;
    });
    expect([...runGraph({ y }, { x: array(x, xs), w: array(w, ws) }).y.data]).toEqual(product);
    expect(W.positions).toEqual(y.shape.slice(2));
  });
});

it.each([
  [{ method: 'fft' }, 'option/value'],
  [{ overlap: 'max' }, 'option/value'],
  [{ outputPadding: 2, stride: 2 }, 'conv-transpose/output-padding'],
  [{ padding: 3 }, 'conv-transpose/window'],
])('refuses %j with %s', (options, code) => {
  const g = new GraphBuilder();
  const [x, w] = [g.input('x', f64(1, 1, 2, 2)), g.input('w', f64(1, 1, 2, 2))];
  expect(() => convTranspose2d(x, w, options as object)).toThrow(`${code}:`);
});
