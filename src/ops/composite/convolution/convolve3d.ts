import { typed } from '../../typed.ts';
import type { ConvFunction } from '../conv-nd.ts';
import { convolveNd } from './convolve-nd.ts';

/**
 * Convolution proper of x[N,C,D,H,W] with w[O,C/groups,…] (operators.md 21, 22): the correlation `conv3d` with the kernel
 * reversed along every spatial axis, same options. With `padding: 'full'` it multiplies polynomials.
 *
 * @throws GraphError `conv/channels`, `conv/window`, … when the sizes do not fit.
 */
export const convolve3d: ConvFunction<3> = typed((x, w, options = {}) => convolveNd('convolve3d', 3, x, w, options));
