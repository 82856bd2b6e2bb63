import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { typed } from '../typed.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { AnyPoolShape } from '../types/pool-shape.ts';
import { type MaxPoolOptions, maxPoolNd, type Pooled } from './max-pool-nd.ts';
import type { PaddingOption } from './padding.ts';
import type { PerAxis } from './per-axis.ts';

/**
 * Max pooling over all axes after batch and channels, with the flat position of each maximum in its unpadded plane:
 * what unpooling needs (operators.md 1, 43).
 */
export const maxPoolWithIndices: <
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PaddingOption = 0,
  const Dilation extends PerAxis = 1,
  Ceil extends boolean = false,
>(
  x: Tensor<X, D> & Fits<AnyPoolShape<X, Kernel, Stride, Padding, Dilation, Ceil>>,
  options: MaxPoolOptions<Kernel, Stride, Padding, Dilation, Ceil>,
) => Pooled<Sized<AnyPoolShape<X, Kernel, Stride, Padding, Dilation, Ceil>>, D> = typed(
  (x: Tensor, options: MaxPoolOptions) => maxPoolNd('maxPool', x.shape.length - 2, x, options),
);
