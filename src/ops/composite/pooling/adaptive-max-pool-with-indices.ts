import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { AnyResizedShape } from '../../types/pool-shape.ts';
import type { Pooled } from '../max-pool-nd.ts';
import type { PerAxis } from '../per-axis.ts';
import { type AdaptiveMaxPoolOptions, adaptiveMaxPoolNd } from './adaptive-max-pool-nd.ts';

/**
 * Adaptive max pooling over all axes after batch and channels, with the flat position of each maximum in its plane: what
 * unpooling needs.
 */
export const adaptiveMaxPoolWithIndices: <X extends Shape, D extends DType, const Size extends PerAxis>(
  x: Tensor<X, D> & Float<D> & Fits<AnyResizedShape<X, Size>>,
  size: Size,
  options?: AdaptiveMaxPoolOptions,
) => Pooled<Sized<AnyResizedShape<X, Size>>, D> = typed(
  (x: Tensor, size: PerAxis, options: AdaptiveMaxPoolOptions = {}) =>
    adaptiveMaxPoolNd('adaptiveMaxPool', x.shape.length - 2, x, size, options),
);
