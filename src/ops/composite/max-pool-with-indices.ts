import type { Tensor } from '../../graph/tensor.ts';
import { type MaxPoolOptions, maxPoolNd, type Pooled } from './max-pool-nd.ts';

/**
 * Max pooling over all axes after batch and channels, with the flat position of each maximum in its unpadded plane:
 * what unpooling needs.
 */
export const maxPoolWithIndices = (x: Tensor, options: MaxPoolOptions): Pooled =>
  maxPoolNd('maxPool', x.shape.length - 2, x, options);
