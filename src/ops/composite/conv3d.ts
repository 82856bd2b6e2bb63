import { typed } from '../typed.ts';
import { type ConvFunction, convNd } from './conv-nd.ts';

/**
 * Correlation of x[N,C,D,H,W] with w[O,C/groups,kd,kh,kw] (operators.md 9, 13, 14, 48).
 *
 * @throws GraphError `conv/channels`, `conv/window`, … when the sizes do not fit.
 */
export const conv3d: ConvFunction<3> = typed((x, w, options = {}) => convNd('conv3d', 3, x, w, options));
