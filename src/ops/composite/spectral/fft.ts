import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { FftShape } from '../../types/spectral-shape.ts';
import { composite } from '../composite.ts';
import { type Complex, partsOf } from './complex.ts';
import type { FourierNorm } from './fourier-norm.ts';
import { axesOf, complexTransform } from './transform.ts';

/** Options of the transforms along one axis. */
export interface FftOptions<A extends number = number, L extends number = number> {
  /** Negative ones count from the end; default −1. */
  readonly axis?: A;
  /** To how many elements the signal is cropped or zero-padded at its end first. */
  readonly length?: L;
  /** Default `'backward'`. */
  readonly norm?: FourierNorm;
}

/** A complex transform along one axis. */
export type FftFunction = <S extends Shape, D extends DType, A extends number = -1, L extends number = never>(
  z: (Complex<S, D> | Tensor<S, D>) & Float<D> & Fits<FftShape<S, A, L>>,
  options?: FftOptions<A, L>,
) => Complex<Sized<FftShape<S, A, L>>, D>;

/**
 * The discrete Fourier transform X[k] = Σⱼ z[j]·e^{−2πi·jk/n} along an axis of any length n, of complex or real numbers
 * (operators.md 26). Computed in double precision whatever the dtype.
 *
 * @throws CotangentError `fft/parts`, `fft/length`, `fft/norm`, `axes/range`.
 */
export const fft: FftFunction = oneAxis('fft', false);

/** The inverse of `fft` of the same norm: z[j] = (1/n)·Σₖ X[k]·e^{2πi·jk/n} by default (operators.md 26). */
export const ifft: FftFunction = oneAxis('ifft', true);

function oneAxis(name: string, inverse: boolean): FftFunction {
  const apply = (z: Complex | Tensor, options: FftOptions = {}): Complex =>
    composite(name, partsOf(z), () => {
      const size = options.length === undefined ? undefined : [options.length];
      return complexTransform(z, axesOf(z, [options.axis ?? -1], size), inverse, options.norm ?? 'backward');
    });
  return typed(apply);
}
