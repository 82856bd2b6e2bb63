import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { refuse } from '../refuse.ts';
import type { SpatialRank } from '../types/conv-shape.ts';
import type { Float } from '../types/dtypes.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { ResizeShape } from '../types/resize-shape.ts';
import type { Row } from '../window/weight-table.ts';
import { composite } from './composite.ts';
import { type PerAxis, perAxis } from './per-axis.ts';
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
    if (x.shape.length !== rank + 2)
      refuse(
        'pool/rank',
        { x: `[${x.shape}]`, rank: rank + 2 },
        'give x a batch and a channel axis before the spatial ones.',
      );
    const rows = perAxis('size', size, rank).map((count, i) =>
      Array.from({ length: count }, (_, p) => mean(p, count, x.shape[i + 2]!)),
    );
    return separable(x, [undefined, undefined, ...rows]);
  });

/** Row p of `count`: from ⌊p·length/count⌋ to ⌈(p + 1)·length/count⌉. */
function mean(p: number, count: number, length: number): Row {
  const first = Math.floor((p * length) / count);
  const size = Math.ceil(((p + 1) * length) / count) - first;
  return Array.from({ length: size }, (_, k) => [first + k, 1 / size] as const);
}
