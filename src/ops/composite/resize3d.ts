import type { FloatDType } from '../../graph/dtype.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { type ResizeOptions, resizeNd } from './resize-nd.ts';

type Spatial = readonly [number, number, number, number, number];

/**
 * x with its last 3 axes sampled at another size: nearest or linear, axis by axis.
 *
 * @throws GraphError `resize/size` when nothing would be left, `resize/options` for size and scale both or neither.
 */
export const resize3d = <D extends FloatDType>(x: Tensor<Spatial, D>, options: ResizeOptions): Tensor<Spatial, D> =>
  resizeNd('resize3d', 3, x, options) as Tensor as Tensor<Spatial, D>;
