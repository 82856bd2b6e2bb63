import type { FloatDType } from '../../graph/dtype.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { type ConvOptions, convNd } from './conv-nd.ts';

type Spatial = readonly [number, number, number];

/**
 * Correlation of x[N,C,L] with w[O,C/groups,k].
 *
 * @throws GraphError `conv/channels`, `conv/window`, … when the sizes do not fit.
 */
export const conv1d = <D extends FloatDType>(
  x: Tensor<Spatial, D>,
  w: Tensor<Spatial, D>,
  options: ConvOptions = {},
): Tensor<Spatial, D> => convNd('conv1d', 1, x, w, options) as Tensor as Tensor<Spatial, D>;
