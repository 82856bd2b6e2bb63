import type { FloatDType } from '../../graph/dtype.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { type ConvTransposeOptions, convTransposeNd } from './conv-transpose-nd.ts';

type Spatial = readonly [number, number, number];

/**
 * Transposed correlation of x[N,C,L] with w[C,O/groups,k]: the adjoint of the `conv1d` with the same w and options. Along each axis the
 * result has (length − 1)·stride − lo − hi + dilation·(window − 1) + 1 + outputPadding positions.
 *
 * @throws GraphError `conv-transpose/channels`, `conv-transpose/window`, … when the sizes do not fit.
 */
export const convTranspose1d = <D extends FloatDType>(
  x: Tensor<Spatial, D>,
  w: Tensor<Spatial, D>,
  options: ConvTransposeOptions = {},
): Tensor<Spatial, D> => convTransposeNd('convTranspose1d', 1, x, w, options) as Tensor as Tensor<Spatial, D>;
