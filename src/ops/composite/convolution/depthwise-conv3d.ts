import { typed } from '../../typed.ts';
import { type DepthwiseConvFunction, depthwiseConvNd } from './depthwise-conv-nd.ts';

/**
 * Correlation of x[N,C,D,H,W] with w[C·m,1,…], every channel with kernels of its own (operators.md 20): channel c makes the
 * m output channels from c·m on.
 *
 * @throws GraphError `conv/channels`, `conv/groups`, `conv/window`, … when the sizes do not fit.
 */
export const depthwiseConv3d: DepthwiseConvFunction<3> = typed((x, w, options = {}) =>
  depthwiseConvNd('depthwiseConv3d', 3, x, w, options),
);
