import { typed } from '../../typed.ts';
import { type FftConvFunction, fftConvNd } from './fft-conv-nd.ts';

/**
 * Correlation of x[N,C,L] with w[O,C/groups,k] by Fourier transforms, or directly where that is faster (operators.md 25).
 *
 * @throws GraphError `conv/channels`, `conv/window`, … as `conv1d`; `fft/algorithm`.
 */
export const fftConv1d: FftConvFunction<1> = typed((x, w, options = {}) => fftConvNd('fftConv1d', 1, x, w, options));
