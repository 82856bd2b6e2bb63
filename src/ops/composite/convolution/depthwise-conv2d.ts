import { typed } from '../../typed.ts';
import { type DepthwiseConvFunction, depthwiseConvNd } from './depthwise-conv-nd.ts';

/**
 * Correlation of x[N,C,H,W] with w[C·m,1,…], every channel with kernels of its own (operators.md 20): channel c makes the
 * m output channels from c·m on.
 *
 * @throws GraphError `conv/channels`, `conv/groups`, `conv/window`, … when the sizes do not fit.
 */
export const depthwiseConv2d: DepthwiseConvFunction<2> = typed((x, w, options = {}) =>
  depthwiseConvNd('depthwiseConv2d', 2, x, w, options),
);
