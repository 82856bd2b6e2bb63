import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sameShape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import type { SpatialRank } from '../../types/conv-shape.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { UnpoolShape } from '../../types/unpool-shape.ts';
import { keepOne } from '../../window/keep-one.ts';
import { scatter } from '../../window/scatter.ts';
import { composite } from '../composite.ts';
import type { Paddings } from '../padding.ts';
import type { PerAxis } from '../per-axis.ts';
import { type UnpoolOptions, unpooledSizes } from './unpooled-sizes.ts';

/** Options of `maxUnpool1d`, `maxUnpool2d`, `maxUnpool3d`. */
export interface MaxUnpoolOptions<
  Kernel extends PerAxis = PerAxis,
  Stride extends PerAxis = PerAxis,
  Padding extends Paddings = Paddings,
  Size extends PerAxis = PerAxis,
> extends Omit<UnpoolOptions<Kernel, Stride, Padding, 1, Size>, 'dilation'> {
  /**
   * What becomes of values that share a position, as those of overlapping windows may: the `'last'` in row-major order
   * stays (the default, as in PyTorch on a CPU), the greatest (`'max'`), their `'sum'` (the adjoint of reading them), or
   * an `'error'` when the graph runs. The gradient of a value that did not stay is 0.
   */
  readonly onDuplicate?: 'sum' | 'last' | 'max' | 'error';
}

/** Values put back where their maxima stood, over `R` spatial axes. */
export type MaxUnpoolFunction<R extends SpatialRank> = <
  Y extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends Paddings = 0,
  const Size extends PerAxis = never,
>(
  y: Tensor<Y, D> & Fits<UnpoolShape<R, Y, Kernel, Stride, Padding, 1, Size>>,
  indices: Tensor<NoInfer<Y>, 'i32'>,
  options: MaxUnpoolOptions<Kernel, Stride, Padding, Size>,
) => Tensor<Sized<UnpoolShape<R, Y, Kernel, Stride, Padding, 1, Size>>, D>;

/** Values of y at flat positions in each channel's plane, zeros elsewhere; −1 drops a value. */
export const maxUnpoolNd = (
  name: string,
  rank: number,
  y: Tensor,
  indices: Tensor,
  options: MaxUnpoolOptions,
): Tensor =>
  composite(name, { y, indices }, () => {
    const { onDuplicate = 'last' } = options;
    const shape = unpooledSizes(y, rank, options);
    if (!sameShape(y.shape, indices.shape))
      fail('unpool/indices', `y is ${showType(y)}, the indices are ${showType(indices)}`, 'give one index per value.');
    if (!['sum', 'last', 'max', 'error'].includes(onDuplicate))
      fail('option/value', `onDuplicate is ${String(onDuplicate)}`, "use 'sum', 'last', 'max' or 'error'.");
    const at = onDuplicate === 'sum' ? indices : keepOne(y, indices, { batch: 2, rule: onDuplicate });
    return scatter({ x: y, at }, { batch: 2, shape });
  });
