import { typed } from '../typed.ts';
import { type ConvTransposeFunction, convTransposeNd } from './conv-transpose-nd.ts';

/**
 * Transposed correlation of x[N,C,D,H,W] with w[C,O/groups,kd,kh,kw]: the adjoint of the `conv3d` with the same w and
 * options, by any of three methods, with overlaps summed or averaged (operators.md 34–38). Along each axis the result has
 * (length − 1)·stride − lo − hi + dilation·(window − 1) + 1 + outputPadding positions.
 *
 * @throws GraphError `conv-transpose/channels`, `conv-transpose/window`, … when the sizes do not fit.
 */
export const convTranspose3d: ConvTransposeFunction<3> = typed((x, w, options = {}) =>
  convTransposeNd('convTranspose3d', 3, x, w, options),
);
