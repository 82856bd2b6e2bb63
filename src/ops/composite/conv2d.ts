import { typed } from '../typed.ts';
import { type ConvFunction, convNd } from './conv-nd.ts';

/**
 * Correlation of x[N,C,H,W] with w[O,C/groups,kh,kw] (operators.md 9, 13, 14, 48).
 *
 * @throws GraphError `conv/channels`, `conv/window`, … when the sizes do not fit.
 */
export const conv2d: ConvFunction<2> = typed((x, w, options = {}) => convNd('conv2d', 2, x, w, options));
