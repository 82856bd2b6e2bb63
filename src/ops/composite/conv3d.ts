import type { FloatDType } from '../../graph/dtype.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { type ConvOptions, convNd } from './conv-nd.ts';

type Spatial = readonly [number, number, number, number, number];

/**
 * Correlation of x[N,C,D,H,W] with w[O,C/groups,kd,kh,kw].
 *
 * @throws GraphError `conv/channels`, `conv/window`, … when the sizes do not fit.
 */
export const conv3d = <D extends FloatDType>(
  x: Tensor<Spatial, D>,
  w: Tensor<Spatial, D>,
  options: ConvOptions = {},
): Tensor<Spatial, D> => convNd('conv3d', 3, x, w, options) as Tensor as Tensor<Spatial, D>;
