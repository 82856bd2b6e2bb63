import type { FloatDType } from '../../graph/dtype.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { type AvgPoolOptions, avgPoolNd } from './avg-pool-nd.ts';

type Spatial = readonly [number, number, number, number, number];

/**
 * Mean of every window over the last 3 axes of x.
 *
 * @throws GraphError `pool/window`, `pool/padding`, … when the sizes do not fit.
 */
export const avgPool3d = <D extends FloatDType>(x: Tensor<Spatial, D>, options: AvgPoolOptions): Tensor<Spatial, D> =>
  avgPoolNd('avgPool3d', 3, x, options) as Tensor as Tensor<Spatial, D>;
