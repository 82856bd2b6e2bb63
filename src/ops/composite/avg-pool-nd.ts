import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { SpatialRank } from '../types/conv-shape.ts';
import type { Float } from '../types/dtypes.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { PoolShape } from '../types/pool-shape.ts';
import type { Row } from '../window/weight-table.ts';
import { composite } from './composite.ts';
import type { Paddings } from './padding.ts';
import type { PerAxis } from './per-axis.ts';
import { type PoolAxis, type PoolOptions, poolAxes } from './pool-axes.ts';
import { separable } from './separable.ts';

/** Options of `avgPool1d`, `avgPool2d`, `avgPool3d`. */
export interface AvgPoolOptions<
  Kernel extends PerAxis = PerAxis,
  Stride extends PerAxis = PerAxis,
  Padding extends Paddings = Paddings,
  Ceil extends boolean = boolean,
> extends PoolOptions<Kernel, Stride, Padding, Ceil> {
  /** Whether padding counts as zeros of the mean; default true. What ceil mode adds beyond it never counts. */
  readonly countIncludePad?: boolean;
  /** Divides every sum by this number instead. */
  readonly divisorOverride?: number;
}

/** Window means over `R` spatial axes; sizes that do not fit are compile errors where they are literal. */
export type AvgPoolFunction<R extends SpatialRank> = <
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends Paddings = 0,
  Ceil extends boolean = false,
>(
  x: Tensor<X, D> & Float<D> & Fits<PoolShape<R, X, Kernel, Stride, Padding, 1, Ceil>>,
  options: AvgPoolOptions<Kernel, Stride, Padding, Ceil>,
) => Tensor<Sized<PoolShape<R, X, Kernel, Stride, Padding, 1, Ceil>>, D>;

/** Window means over the last `rank` axes: per axis a linear map, whose rows hold one over the length that counts. */
export const avgPoolNd = (name: string, rank: number, x: Tensor, options: AvgPoolOptions): Tensor =>
  composite(name, { x }, () => {
    const { countIncludePad = true, divisorOverride } = options;
    if (divisorOverride !== undefined && !(Number.isFinite(divisorOverride) && divisorOverride !== 0))
      fail('pool/divisor', `divisorOverride is ${divisorOverride}`, 'give a number other than 0, or leave it out.');
    const rows = poolAxes(x, rank, options).map((axis, i) => {
      // An override divides once, so it stands in the last axis' weights.
      const override = divisorOverride === undefined ? undefined : i === rank - 1 ? divisorOverride : 1;
      return Array.from({ length: axis.count }, (_, p) => windowMean(axis, p, countIncludePad, override));
    });
    return separable(x, [undefined, undefined, ...rows]);
  });

/** Row p: the elements of window p, each with one over the divisor. */
function windowMean(axis: PoolAxis, p: number, countIncludePad: boolean, override: number | undefined): Row {
  const start = p * axis.stride - axis.lo;
  const stop = Math.min(start + axis.window, axis.end);
  const [first, last] = [Math.max(start, 0), Math.min(stop, axis.length)];
  const divisor = override ?? (countIncludePad ? stop - start : last - first);
  return Array.from({ length: last - first }, (_, k) => [first + k, 1 / divisor] as const);
}
