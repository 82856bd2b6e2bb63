import { typed } from '../typed.ts';
import { type ConvTransposeFunction, convTransposeNd } from './conv-transpose-nd.ts';

/**
 * Transposed correlation of x[N,C,L] with w[C,O/groups,k]: the adjoint of the `conv1d` with the same w and
 * options, by any of three methods, with overlaps summed or averaged (operators.md 34–38). Along each axis the result has
 * (length − 1)·stride − lo − hi + dilation·(window − 1) + 1 + outputPadding positions.
 *
 * @throws GraphError `conv-transpose/channels`, `conv-transpose/window`, … when the sizes do not fit.
 */
export const convTranspose1d: ConvTransposeFunction<1> = typed((x, w, options = {}) =>
  convTransposeNd('convTranspose1d', 1, x, w, options),
);
