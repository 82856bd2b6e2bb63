import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { Irfft2Shape, LastAxes, Rfft2Shape } from '../../types/spectral-shape.ts';
import { composite } from '../composite.ts';
import { type Complex, partsOf } from './complex.ts';
import type { AxisPair, Fft2Options } from './fft2.ts';
import { axesOf, realInverse, realTransform } from './transform.ts';

/**
 * The transform of a real image: of the second axis the first ⌊n/2⌋ + 1 frequencies, of the first all (operators.md 26).
 *
 * @throws CotangentError `fft/length`, `fft/norm`, `fft/axes`, `axes/range`.
 */
export const rfft2: <
  S extends Shape,
  D extends DType,
  const A extends AxisPair = LastAxes,
  const Size extends AxisPair = never,
>(
  x: Tensor<S, D> & Float<D> & Fits<Rfft2Shape<S, A, Size>>,
  options?: Fft2Options<A, Size>,
) => Complex<Sized<Rfft2Shape<S, A, Size>>, D> = typed(
  (x: Tensor, { axes = [-2, -1], size, norm = 'backward' }: Fft2Options = {}) =>
    composite('rfft2', { x }, () => realTransform(x, axesOf(x, axes, size), norm)),
);

/**
 * The real image whose `rfft2` of the same norm this is (operators.md 26), by default of 2·(m − 1) columns for m
 * frequencies.
 *
 * @throws CotangentError `fft/parts`, `fft/length`, `fft/norm`, `fft/axes`, `axes/range`.
 */
export const irfft2: <
  S extends Shape,
  D extends DType,
  const A extends AxisPair = LastAxes,
  const Size extends AxisPair = never,
>(
  z: (Complex<S, D> | Tensor<S, D>) & Float<D> & Fits<Irfft2Shape<S, A, Size>>,
  options?: Fft2Options<A, Size>,
) => Tensor<Sized<Irfft2Shape<S, A, Size>>, D> = typed(
  (z: Complex | Tensor, { axes = [-2, -1], size, norm = 'backward' }: Fft2Options = {}) =>
    composite('irfft2', partsOf(z), () => realInverse(z, axesOf(z, axes, size), norm)),
);
