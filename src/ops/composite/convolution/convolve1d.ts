import { typed } from '../../typed.ts';
import type { ConvFunction } from '../conv-nd.ts';
import { convolveNd } from './convolve-nd.ts';

/**
 * Convolution proper of x[N,C,L] with w[O,C/groups,…] (operators.md 21, 22): the correlation `conv1d` with the kernel
 * reversed along every spatial axis, same options. With `padding: 'full'` it multiplies polynomials.
 *
 * @throws GraphError `conv/channels`, `conv/window`, … when the sizes do not fit.
 */
export const convolve1d: ConvFunction<1> = typed((x, w, options = {}) => convolveNd('convolve1d', 1, x, w, options));
