import type { FloatDType } from '../../graph/dtype.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { type MaxPoolOptions, maxPoolNd } from './max-pool-nd.ts';

type Spatial = readonly [number, number, number, number, number];

/**
 * Maximum in every window over the last 3 axes of x. The gradient goes to the element that was chosen: among equal ones
 * the first in row-major order, or the last.
 *
 * @throws GraphError `pool/window`, `pool/padding`, … when the sizes do not fit.
 */
export const maxPool3d = <D extends FloatDType>(x: Tensor<Spatial, D>, options: MaxPoolOptions): Tensor<Spatial, D> =>
  maxPoolNd('maxPool3d', 3, x, options).values as Tensor as Tensor<Spatial, D>;
