import { typed } from '../typed.ts';
import { type ConvFunction, convNd } from './conv-nd.ts';

/**
 * Correlation of x[N,C,L] with w[O,C/groups,k] (operators.md 9, 13, 14, 48).
 *
 * @throws GraphError `conv/channels`, `conv/window`, … when the sizes do not fit.
 */
export const conv1d: ConvFunction<1> = typed((x, w, options = {}) => convNd('conv1d', 1, x, w, options));
