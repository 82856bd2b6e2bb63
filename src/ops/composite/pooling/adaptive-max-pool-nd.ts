import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import type { SpatialRank } from '../../types/conv-shape.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { ResizeShape } from '../../types/resize-shape.ts';
import { composite } from '../composite.ts';
import { type Pooled, type Ties, tieRule } from '../max-pool-nd.ts';
import type { PerAxis } from '../per-axis.ts';
import { adaptiveWindows } from './adaptive-windows.ts';
import { maxOfWindows } from './max-of-windows.ts';

/** Options of `adaptiveMaxPool1d`, `adaptiveMaxPool2d`, `adaptiveMaxPool3d`. */
export interface AdaptiveMaxPoolOptions {
  /** Which of several equal maxima of a window takes the gradient; default `'first'`. */
  readonly ties?: Ties;
}

/** Maxima of a grid of `size` windows over `R` spatial axes. */
export type AdaptiveMaxPoolFunction<R extends SpatialRank> = <
  X extends Shape,
  D extends DType,
  const Size extends PerAxis,
>(
  x: Tensor<X, D> & Float<D> & Fits<ResizeShape<R, X, Size, undefined, 'pool/rank'>>,
  size: Size,
  options?: AdaptiveMaxPoolOptions,
) => Tensor<Sized<ResizeShape<R, X, Size, undefined, 'pool/rank'>>, D>;

/** Maxima of a grid of windows over the last `rank` axes, and where they stood in the plane. */
export const adaptiveMaxPoolNd = (
  name: string,
  rank: number,
  x: Tensor,
  size: PerAxis,
  { ties }: AdaptiveMaxPoolOptions = {},
): Pooled => composite(name, { x }, () => maxOfWindows(x, adaptiveWindows(x, rank, size), tieRule(ties)));
