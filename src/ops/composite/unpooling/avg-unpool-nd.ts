import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import type { SpatialRank } from '../../types/conv-shape.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { UnpoolShape } from '../../types/unpool-shape.ts';
import { transposeRows } from '../../window/weight-table.ts';
import { type Divisor, meanRows } from '../avg-pool-nd.ts';
import { composite } from '../composite.ts';
import type { Paddings } from '../padding.ts';
import type { PerAxis } from '../per-axis.ts';
import { separable } from '../separable.ts';
import { type UnpoolOptions, undoneAxes, unpooledSizes } from './unpooled-sizes.ts';

/** What average unpooling does besides where its windows stand. */
export interface Spread extends Divisor {
  /**
   * `'copy'` (the default): each position gets the value of its window, the mean of them where windows overlap, 0 where
   * none stands. `'adjoint'`: the transpose of `avgPool` with the same divisor options.
   */
  readonly mode?: 'copy' | 'adjoint';
}

/** Values spread over the windows they came from, over `R` spatial axes. */
export type AvgUnpoolFunction<R extends SpatialRank> = <
  Y extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends Paddings = 0,
  const Dilation extends PerAxis = 1,
  const Size extends PerAxis = never,
>(
  y: Tensor<Y, D> & Float<D> & Fits<UnpoolShape<R, Y, Kernel, Stride, Padding, Dilation, Size>>,
  options: UnpoolOptions<Kernel, Stride, Padding, Dilation, Size> & Spread,
) => Tensor<Sized<UnpoolShape<R, Y, Kernel, Stride, Padding, Dilation, Size>>, D>;

/** Values of y spread over windows of a plane, a linear map along each axis. */
export const avgUnpoolNd = (name: string, rank: number, y: Tensor, options: UnpoolOptions & Spread): Tensor =>
  composite(name, { y }, () => {
    const { mode = 'copy' } = options;
    if (mode !== 'copy' && mode !== 'adjoint')
      fail('option/value', `mode is ${String(mode)}`, "use 'copy' or 'adjoint'.");
    const sizes = unpooledSizes(y, rank, options);
    const axes = undoneAxes(y, rank, sizes, options);
    // A sum's matrix has ones: its transpose copies.
    const pooling = meanRows(axes, mode === 'copy' ? { divisorOverride: 1 } : options);
    const rows = pooling.map((matrix, i) => transposeRows(matrix, sizes[i]!));
    const spread =
      mode === 'adjoint'
        ? rows
        : rows.map((matrix) => matrix.map((row) => row.map(([at]) => [at, 1 / row.length] as const)));
    return separable(y, [undefined, undefined, ...spread]);
  });
