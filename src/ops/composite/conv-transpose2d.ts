import { typed } from '../typed.ts';
import { type ConvTransposeFunction, convTransposeNd } from './conv-transpose-nd.ts';

/**
 * Transposed correlation of x[N,C,H,W] with w[C,O/groups,kh,kw]: the adjoint of the `conv2d` with the same w and
 * options, by any of three methods, with overlaps summed or averaged (operators.md 34–38). Along each axis the result has
 * (length − 1)·stride − lo − hi + dilation·(window − 1) + 1 + outputPadding positions.
 *
 * @throws GraphError `conv-transpose/channels`, `conv-transpose/window`, … when the sizes do not fit.
 */
export const convTranspose2d: ConvTransposeFunction<2> = typed((x, w, options = {}) =>
  convTransposeNd('convTranspose2d', 2, x, w, options),
);
