import { typed } from '../../typed.ts';
import { type SeparableConvFunction, separableConvNd } from './separable-conv-nd.ts';

/**
 * Depthwise separable correlation of x[N,C,H,W] (operators.md 20): `depthwise`[C·m,1,…] channel by channel, then
 * `pointwise`[O,C·m,1,…] across channels. `fused` multiplies the two kernels first and correlates once.
 *
 * @throws GraphError `conv/channels`, `conv/groups`, `conv/window`, … when the sizes do not fit.
 */
export const separableConv2d: SeparableConvFunction<2> = typed((x, depthwise, pointwise, options = {}) =>
  separableConvNd('separableConv2d', 2, x, depthwise, pointwise, options),
);
