import { typed } from '../../typed.ts';
import { type LearnablePoolFunction, learnablePoolNd } from './learnable-pool-nd.ts';

/**
 * Pooling with learned weights over the last axis of x (operators.md 8): y = Σ w[c, k]·x[c, s·p + k], a depthwise, strided
 * convolution with w[C,1,k…], or with one w[1,1,k…] for all channels; optionally with weights made to sum to 1.
 *
 * @throws GraphError `pool/weights`, `conv/window`, … when the sizes do not fit.
 */
export const learnablePool1d: LearnablePoolFunction<1> = typed((x, w, options = {}) =>
  learnablePoolNd('learnablePool1d', 1, x, w, options),
);
