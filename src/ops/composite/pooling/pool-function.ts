import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import type { SpatialRank } from '../../types/conv-shape.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { PoolShape } from '../../types/pool-shape.ts';
import type { PaddingOption } from '../padding.ts';
import type { PerAxis } from '../per-axis.ts';
import type { PoolOptions } from '../pool-axes.ts';

/**
 * A pooling of float tensors over `R` spatial axes, with options of its own besides where the windows stand; sizes that
 * do not fit are compile errors where they are literal.
 */
export type PoolFunction<R extends SpatialRank, More extends object> = <
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PaddingOption = 0,
  const Dilation extends PerAxis = 1,
  Ceil extends boolean = false,
>(
  x: Tensor<X, D> & Float<D> & Fits<PoolShape<R, X, Kernel, Stride, Padding, Dilation, Ceil>>,
  options: PoolOptions<Kernel, Stride, Padding, Dilation, Ceil> & More,
) => Tensor<Sized<PoolShape<R, X, Kernel, Stride, Padding, Dilation, Ceil>>, D>;
