import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { IrfftShape, RfftShape } from '../../types/spectral-shape.ts';
import { composite } from '../composite.ts';
import { type Complex, partsOf } from './complex.ts';
import type { FftOptions } from './fft.ts';
import { axesOf, realInverse, realTransform } from './transform.ts';

/**
 * The first ⌊n/2⌋ + 1 frequencies of the transform of a real signal, which determine the others (operators.md 26).
 *
 * @throws CotangentError `fft/length`, `fft/norm`, `axes/range`.
 */
export const rfft: <S extends Shape, D extends DType, A extends number = -1, L extends number = never>(
  x: Tensor<S, D> & Float<D> & Fits<RfftShape<S, A, L>>,
  options?: FftOptions<A, L>,
) => Complex<Sized<RfftShape<S, A, L>>, D> = typed((x: Tensor, { axis = -1, length, norm }: FftOptions = {}) =>
  composite('rfft', { x }, () => realTransform(x, axesOf(x, [axis], sized(length)), norm ?? 'backward')),
);

/**
 * The real signal of `length` elements whose `rfft` of the same norm this is (operators.md 26); by default of 2·(m − 1)
 * elements for m frequencies. The imaginary parts at frequency 0 and n/2 do not count.
 *
 * @throws CotangentError `fft/parts`, `fft/length`, `fft/norm`, `axes/range`.
 */
export const irfft: <S extends Shape, D extends DType, A extends number = -1, L extends number = never>(
  z: (Complex<S, D> | Tensor<S, D>) & Float<D> & Fits<IrfftShape<S, A, L>>,
  options?: FftOptions<A, L>,
) => Tensor<Sized<IrfftShape<S, A, L>>, D> = typed(
  (z: Complex | Tensor, { axis = -1, length, norm }: FftOptions = {}) =>
    composite('irfft', partsOf(z), () => realInverse(z, axesOf(z, [axis], sized(length)), norm ?? 'backward')),
);

const sized = (length: number | undefined): readonly number[] | undefined =>
  length === undefined ? undefined : [length];
