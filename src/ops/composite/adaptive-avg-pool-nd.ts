import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { SpatialRank } from '../types/conv-shape.ts';
import type { Float } from '../types/dtypes.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { ResizeShape } from '../types/resize-shape.ts';
import { composite } from './composite.ts';
import type { PerAxis } from './per-axis.ts';
import { adaptiveWindows } from './pooling/adaptive-windows.ts';
import { separable } from './separable.ts';

/** Means of a grid of `size` windows over `R` spatial axes. */
export type AdaptiveAvgPoolFunction<R extends SpatialRank> = <
  X extends Shape,
  D extends DType,
  const Size extends PerAxis,
>(
  x: Tensor<X, D> & Float<D> & Fits<ResizeShape<R, X, Size, undefined, 'pool/rank'>>,
  size: Size,
) => Tensor<Sized<ResizeShape<R, X, Size, undefined, 'pool/rank'>>, D>;

/** Means of a grid of windows over the last `rank` axes; windows overlap or differ in size where the grid does not divide the axis. */
export const adaptiveAvgPoolNd = (name: string, rank: number, x: Tensor, size: PerAxis): Tensor =>
  composite(name, { x }, () => {
    const rows = adaptiveWindows(x, rank, size).map((windows) =>
      windows.map((window) => window.map((at) => [at, 1 / window.length] as const)),
    );
    return separable(x, [undefined, undefined, ...rows]);
  });
