import { isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import type { Op } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, showType, type Type } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { fourierFlops, fourierPlan } from './fourier-plan.ts';

export interface DftAttributes {
  /** Any but the last axis, which holds real and imaginary part. */
  readonly axis: number;
  /** The sign of the exponent: plus if true. */
  readonly inverse: boolean;
}

/**
 * The record of `dft`. The matrix is symmetric, so its real adjoint is its conjugate: the same operator with the other sign.
 * No scaling, which would not be its own adjoint's.
 */
export const dftOp: Op<'x', DftAttributes> = defineOp('dft', {
  doc:
    'Discrete Fourier transform along one axis of complex numbers, which are pairs along the last: ' +
    'y[…, k, …] = Σⱼ x[…, j, …]·e^{∓2πi·jk/n}, unscaled, minus unless `inverse`; any n, in double precision.',
  infer: ({ x }, attributes) => dftType(x, attributes),
  kernel: ({ x }, attributes, y) => transformAxis(x, attributes, y),
  vjp: { x: ({ ct }, { axis, inverse }) => dftOp({ x: ct }, { axis, inverse: !inverse }) },
  degree: { x: 1 },
  rounds: ({ x }, { axis }) => 4 % x.shape[axis]! !== 0,
  cases: (fc) => {
    const side = fc.array(fc.constantFrom(1, 2, 3, 2, 0), { maxLength: 2 });
    return fc
      .record({
        dtype: fc.constantFrom('f64', 'f64', 'f32'),
        before: side,
        // Quarter turns only (proved by equality), primes, mixtures, and one that takes Bluestein's detour.
        size: fc.oneof(
          { weight: 30, arbitrary: fc.constantFrom(1, 2, 4, 4, 3, 5, 6, 7, 8, 9) },
          { weight: 1, arbitrary: fc.constant(67) },
        ),
        after: side,
        inverse: fc.boolean(),
      })
      .map(({ dtype, before, size, after, inverse }) => ({
        types: { x: { dtype, shape: [...before, size, ...after, 2] } },
        attributes: { axis: before.length, inverse },
        // Sums of n terms of mixed sign: roundings count by the terms, not by the sum.
        condition: size,
      }));
  },
  reach: ({ x }, { axis }) => ({
    x: {
      kind: 'axes',
      axes: x.shape.map((_, k) => (k === axis || k === x.shape.length - 1 ? { kind: 'all' } : along(k))),
    },
  }),
  flops: ({ x }, { axis }) => {
    const n = x.shape[axis]!;
    return n === 0 ? 0 : (sizeOf(x.shape) / (2 * n)) * fourierFlops(n);
  },
  example: (g) => dft(g.input('x', f64(3, 2)), { axis: 0, inverse: false }),
});

/**
 * The Fourier transform of complex numbers as the engine does it, unscaled; `fft` and its kin have norms, real inputs and
 * results, and parts in place of pairs.
 *
 * @throws GraphError `dft/axis`, `dft/pairs` or `dft/dtype`.
 */
export const dft = (x: Tensor, attributes: DftAttributes): Tensor => dftOp({ x }, attributes);

function dftType(x: Type, { axis }: DftAttributes): Type {
  if (!isFloat(x.dtype)) fail('dft/dtype', `${showType(x)} is not a float tensor`, 'cast it to f32 or f64 first.');
  if (x.shape.at(-1) !== 2)
    fail(
      'dft/pairs',
      `the last axis of ${showType(x)} does not hold pairs`,
      'stack real and imaginary parts along a last axis.',
    );
  if (!Number.isSafeInteger(axis) || axis < 0 || axis >= x.shape.length - 1)
    fail(
      'dft/axis',
      `${showType(x)} has no axis ${String(axis)} of complex numbers`,
      'choose an axis before the last, which holds the pairs.',
    );
  return x;
}

function transformAxis({ data, shape }: NdArray, { axis, inverse }: DftAttributes, y: NdArray): void {
  if (data.length === 0) return;
  const n = shape[axis]!;
  const plan = fourierPlan(n, inverse ? 1 : -1);
  const inner = sizeOf(shape.slice(axis + 1, -1));
  const [z, out] = [new Float64Array(2 * n), new Float64Array(2 * n)];
  for (let outer = 0; outer < data.length / 2; outer += n * inner)
    for (let i = 0; i < inner; i++) {
      for (let j = 0; j < n; j++) {
        const at = 2 * (outer + j * inner + i);
        z[2 * j] = data[at]!;
        z[2 * j + 1] = data[at + 1]!;
      }
      plan(z, out);
      for (let j = 0; j < n; j++) {
        const at = 2 * (outer + j * inner + i);
        y.data[at] = out[2 * j]!;
        y.data[at + 1] = out[2 * j + 1]!;
      }
    }
}
