import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { Fft2Shape, LastAxes } from '../../types/spectral-shape.ts';
import { composite } from '../composite.ts';
import { type Complex, partsOf } from './complex.ts';
import type { FourierNorm } from './fourier-norm.ts';
import { axesOf, complexTransform } from './transform.ts';

/** Two axes. */
export type AxisPair = readonly [number, number];

/** Options of the transforms along two axes. */
export interface Fft2Options<A extends AxisPair = AxisPair, Size extends AxisPair = AxisPair> {
  /** Negative ones count from the end; default [−2, −1]. */
  readonly axes?: A;
  /** To which sizes the image is cropped or zero-padded at its ends first. */
  readonly size?: Size;
  /** Default `'backward'`. */
  readonly norm?: FourierNorm;
}

/** A complex transform along two axes. */
export type Fft2Function = <
  S extends Shape,
  D extends DType,
  const A extends AxisPair = LastAxes,
  const Size extends AxisPair = never,
>(
  z: (Complex<S, D> | Tensor<S, D>) & Float<D> & Fits<Fft2Shape<S, A, Size>>,
  options?: Fft2Options<A, Size>,
) => Complex<Sized<Fft2Shape<S, A, Size>>, D>;

/**
 * The discrete Fourier transform along two axes: that along one, then along the other (operators.md 26). The seeds' 1/MN
 * is `norm: 'forward'`.
 *
 * @throws CotangentError `fft/parts`, `fft/length`, `fft/norm`, `fft/axes`, `axes/range`.
 */
export const fft2: Fft2Function = twoAxes('fft2', false);

/** The inverse of `fft2` of the same norm (operators.md 26). */
export const ifft2: Fft2Function = twoAxes('ifft2', true);

function twoAxes(name: string, inverse: boolean): Fft2Function {
  const apply = (z: Complex | Tensor, { axes = [-2, -1], size, norm = 'backward' }: Fft2Options = {}): Complex =>
    composite(name, partsOf(z), () => complexTransform(z, axesOf(z, axes, size), inverse, norm));
  return typed(apply);
}
