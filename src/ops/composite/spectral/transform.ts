import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { constant } from '../../constant/constant.ts';
import { mul } from '../../pointwise/mul.ts';
import { normalizeAxis } from '../../reduce/axes.ts';
import { dft } from '../../spectral/dft.ts';
import { type Complex, complexOf, pairsOf, partOf } from './complex.ts';
import { checkLength, fitLength } from './fit-length.ts';
import { type FourierNorm, scaled } from './fourier-norm.ts';

/** Axes with the lengths that they are cropped or padded to; undefined keeps them. */
export type Lengths = readonly (readonly [axis: number, length: number | undefined])[];

/** Axes counted from the front, each once. */
export function axesOf(z: Complex | Tensor, axes: readonly number[], size?: readonly number[]): Lengths {
  const x = 'real' in z ? z.real : z;
  if (size !== undefined && size.length !== axes.length)
    fail('fft/length', `${size.length} sizes are given for ${axes.length} axes`, 'give one size for each axis.');
  const from = axes.map((axis) => normalizeAxis(x, axis));
  if (new Set(from).size !== from.length)
    fail('fft/axes', `[${axes}] names one axis twice`, 'transform each axis once.');
  return from.map((axis, k) => [axis, size?.[k]] as const);
}

/** The complex transform along axes. */
export function complexTransform(z: Complex | Tensor, axes: Lengths, inverse: boolean, norm: FourierNorm): Complex {
  return complexOf(alongAxes(pairsOf(z), axes, inverse, norm));
}

/** The transform of a real signal, as parts. */
export const realTransform = (x: Tensor, axes: Lengths, norm: FourierNorm): Complex =>
  complexOf(halfSpectrum(x, axes, norm));

/**
 * The transform of a real signal as pairs: of the last of the axes only the ⌊n/2⌋ + 1 frequencies from 0, which say all.
 */
export function halfSpectrum(x: Tensor, axes: Lengths, norm: FourierNorm): Tensor {
  const [axis, length] = axes.at(-1)!;
  const signal = pairsOf(fitLength(x, axis, length ?? x.shape[axis]!));
  const whole = dft(signal, { axis, inverse: false });
  const n = whole.shape[axis]!;
  const half = fitLength(whole, axis, Math.floor(n / 2) + 1);
  return scaled(alongAxes(half, axes.slice(0, -1), false, norm), n, false, norm);
}

/**
 * The real signal of a half spectrum. A real signal's frequencies k and n − k are conjugates, so together they give twice
 * the real part of one: no mirror is made, and the imaginary parts at 0 and n/2, which a real signal has not, do not count.
 */
export const realInverse = (z: Complex | Tensor, axes: Lengths, norm: FourierNorm): Tensor =>
  fromHalfSpectrum(pairsOf(z), axes, norm);

/** The same from pairs. */
export function fromHalfSpectrum(pairs: Tensor, axes: Lengths, norm: FourierNorm): Tensor {
  const [axis, given] = axes.at(-1)!;
  const others = alongAxes(pairs, axes.slice(0, -1), true, norm);
  const length = given ?? 2 * (others.shape[axis]! - 1);
  checkLength(length, 1);
  const count = Math.floor(length / 2) + 1;
  const half = fitLength(others, axis, count);
  const shares = Array.from({ length: count }, (_, k) => (k === 0 || 2 * k === length ? 1 : 2));
  const shape = half.shape.map((_, k) => (k === axis ? count : 1));
  const weighted = mul(half, constant(half.graph, { dtype: half.dtype, shape }, shares));
  return partOf(alongAxes(weighted, [[axis, length]], true, norm), 0);
}

function alongAxes(pairs: Tensor, axes: Lengths, inverse: boolean, norm: FourierNorm): Tensor {
  let [y, n] = [pairs, 1];
  for (const [axis, length] of axes) {
    y = dft(fitLength(y, axis, length ?? y.shape[axis]!), { axis, inverse });
    n *= y.shape[axis]!;
  }
  return scaled(y, n, inverse, norm);
}
