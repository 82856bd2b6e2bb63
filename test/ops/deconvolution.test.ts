import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random } from '../../src/check/index.ts';
import {
  array,
  conv1d,
  conv2d,
  convTranspose1d,
  type DeconvolveOptions,
  deconvolve,
  f64,
  GraphBuilder,
  type NdArray,
  pad,
  reshape,
  type Tensor,
} from '../../src/index.ts';
import { runGraph } from './run-graph.ts';

/** Reals in [low, high] that follow from the seed. */
const drawn = (seed: number, shape: readonly number[], low = -1, high = 1): NdArray => {
  const random = new Random(seed);
  const length = shape.reduce((a, b) => a * b, 1);
  return array(
    f64(...shape),
    Array.from({ length }, (_, i) => low + ((high - low) * random.integer(i, 0, 1 << 20)) / (1 << 20)),
  );
};

const line = (...values: number[]): NdArray => array(f64(1, 1, values.length), values);

/** The largest difference between x and what is estimated from its convolution. */
function errorOf(x: NdArray, w: NdArray, blur: (x: Tensor, w: Tensor) => Tensor, options: DeconvolveOptions): number {
  const g = new GraphBuilder();
  const [tx, tw] = [g.input('x', x), g.input('w', w)];
  const { estimate } = runGraph({ estimate: deconvolve(blur(tx, tw), tw, options) as Tensor }, { x, w });
  expect(estimate.shape).toEqual(x.shape);
  return Math.max(...Array.from(estimate.data, (value, i) => Math.abs(value - x.data[i]!)));
}

describe('deconvolve', () => {
  it('recovers what was convolved, as transposed convolution does not', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const x = drawn(seed, [1, 1, 6]);
        const w = line(0.25, 1, 0.25);
        const full = (tx: Tensor, tw: Tensor) =>
          conv1d(tx as Tensor<[1, 1, 6]>, tw as Tensor<[1, 1, 3]>, { padding: 2 });
        expect(errorOf(x, w, full, { padding: 2, iterations: 6 })).toBeLessThan(1e-9);
        const g = new GraphBuilder();
        const [tx, tw] = [g.input('x', x), g.input('w', w)];
        const { z } = runGraph(
          { z: convTranspose1d(full(tx, tw) as Tensor<[1, 1, 8]>, tw as Tensor<[1, 1, 3]>, { padding: 2 }) as Tensor },
          { x, w },
        );
        expect(Math.max(...Array.from(z.data, (value, i) => Math.abs(value - x.data[i]!)))).toBeGreaterThan(1e-3);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it('recovers images of several channels, strided ones too where there are enough outputs', () => {
    const x = drawn(3, [2, 2, 4, 4]);
    const w = drawn(4, [8, 2, 2, 2]);
    const blur = (tx: Tensor, tw: Tensor) =>
      conv2d(tx as Tensor<[2, 2, 4, 4]>, tw as Tensor<[8, 2, 2, 2]>, { stride: 2 });
    expect(errorOf(x, w, blur, { stride: 2, iterations: 32 })).toBeLessThan(1e-8);
  });

  it('takes the size that is said where several make the same y', () => {
    const x = line(1, 2, 3, 4, 0);
    const blur = (tx: Tensor, tw: Tensor) => conv1d(tx as Tensor<[1, 1, 5]>, tw as Tensor<[1, 1, 2]>, { stride: 2 });
    // The last element is read by no window: what least squares finds of it is 0.
    const error = errorOf(x, line(1, 0), blur, { stride: 2, size: [5], iterations: 3 });
    expect(error).toBe(4);
  });

  it('by Wiener’s filter recovers circular correlation exactly without noise, and less with it', () => {
    const x = drawn(5, [2, 3, 5, 6]);
    const w = array(f64(1, 1, 3, 2), [0.1, 0.2, 0.1, 1, 0.3, 0.1]);
    const around = (tx: Tensor, tw: Tensor): Tensor =>
      perPlane(
        pad(
          tx,
          [
            [0, 0],
            [0, 0],
            [1, 1],
            [0, 1],
          ],
          { mode: 'circular' },
        ) as Tensor,
        tw,
      );
    expect(errorOf(x, w, around, { method: 'wiener' })).toBeLessThan(1e-9);
    const little = errorOf(x, w, around, { method: 'wiener', noise: 0.01 });
    expect(little).toBeGreaterThan(1e-4);
    expect(errorOf(x, w, around, { method: 'wiener', noise: 1 })).toBeGreaterThan(little);
  });

  it('by Richardson and Lucy stays positive and comes nearer with every step', () => {
    const x = drawn(7, [1, 1, 8], 0.5, 2);
    const w = line(0.2, 0.6, 0.2);
    const blur = (tx: Tensor, tw: Tensor) => conv1d(tx as Tensor<[1, 1, 8]>, tw as Tensor<[1, 1, 3]>, { padding: 1 });
    const errors = [1, 10, 100].map((iterations) =>
      errorOf(x, w, blur, { method: 'richardson-lucy', padding: 1, iterations }),
    );
    expect(errors[1]!).toBeLessThan(errors[0]!);
    expect(errors[2]!).toBeLessThan(errors[1]!);
    expect(errors[2]!).toBeLessThan(0.02);
  });

  it('stands still once it has arrived', () => {
    const g = new GraphBuilder();
    const [y, w] = [g.input('y', f64(1, 1, 3)), g.input('w', f64(1, 1, 1))];
    const feeds = { y: line(0, 0, 0), w: line(1) };
    for (const method of ['least-squares', 'richardson-lucy'] as const) {
      const { x } = runGraph({ x: deconvolve(y, w, { method, iterations: 5 }) as Tensor }, feeds);
      expect(Array.from(x.data)).toEqual([0, 0, 0]);
    }
  });

  it('refuses what does not fit', () => {
    const g = new GraphBuilder();
    const y = g.input('y', f64(1, 1, 5));
    const w = g.input('w', f64(1, 1, 3));
    const other = g.input('other', f64(2, 1, 3));
    expect(() => deconvolve(y, other)).toThrow('conv-transpose/channels');
    expect(() => deconvolve(y, other, { method: 'wiener' })).toThrow('deconvolve/wiener');
    expect(() => deconvolve(y, w, { method: 'wiener', padding: 1 })).toThrow('deconvolve/wiener');
    expect(() => deconvolve(y, w, { method: 'guess' as 'wiener' })).toThrow('option/value');
    expect(() => deconvolve(y, w, { iterations: 0 })).toThrow('option/value');
    expect(() => deconvolve(y, w, { noise: -1 })).toThrow('option/value');
    expect(() => deconvolve(y, g.input('flat', f64(1, 3)) as unknown as typeof w)).toThrow('conv/rank');
  });
});

/** Every plane correlated with one kernel. */
function perPlane(x: Tensor, w: Tensor): Tensor {
  const [n, c, ...size] = x.shape as readonly [number, number, ...number[]];
  const flat = reshape(x, [n * c, 1, ...size]);
  const y = conv2d(flat as Tensor<[number, 1, number, number]>, w as Tensor<[1, 1, 3, 2]>) as Tensor;
  return reshape(y, [n, c, ...y.shape.slice(2)]) as Tensor;
}
