import { typed } from '../../typed.ts';
import { type FftConvFunction, fftConvNd } from './fft-conv-nd.ts';

/**
 * Correlation of x[N,C,H,W] with w[O,C/groups,kh,kw] by Fourier transforms of overlapping blocks, or directly where that is
 * faster (operators.md 25). The result differs from that of `conv2d` by rounding only: by a multiple of
 * ε·log₂(block size)·‖x‖₂·‖w‖₂, however small the element.
 *
 * @throws GraphError `conv/channels`, `conv/window`, … as `conv2d`; `fft/algorithm`.
 */
export const fftConv2d: FftConvFunction<2> = typed((x, w, options = {}) => fftConvNd('fftConv2d', 2, x, w, options));
