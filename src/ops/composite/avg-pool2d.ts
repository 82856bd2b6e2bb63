import type { FloatDType } from '../../graph/dtype.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { type AvgPoolOptions, avgPoolNd } from './avg-pool-nd.ts';

type Spatial = readonly [number, number, number, number];

/**
 * Mean of every window over the last 2 axes of x.
 *
 * @throws GraphError `pool/window`, `pool/padding`, … when the sizes do not fit.
 */
export const avgPool2d = <D extends FloatDType>(x: Tensor<Spatial, D>, options: AvgPoolOptions): Tensor<Spatial, D> =>
  avgPoolNd('avgPool2d', 2, x, options) as Tensor as Tensor<Spatial, D>;
