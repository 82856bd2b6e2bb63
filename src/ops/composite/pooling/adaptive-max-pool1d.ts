import { typed } from '../../typed.ts';
import { type AdaptiveMaxPoolFunction, adaptiveMaxPoolNd } from './adaptive-max-pool-nd.ts';

/**
 * Maxima of a grid of `size` windows over the last axis of x (operators.md 15): window i of n reads from ⌊i·L/n⌋ to
 * ⌈(i + 1)·L/n⌉. `adaptiveMaxPoolWithIndices` also tells where they stood.
 */
export const adaptiveMaxPool1d: AdaptiveMaxPoolFunction<1> = typed(
  (x, size, options) => adaptiveMaxPoolNd('adaptiveMaxPool1d', 1, x, size, options).values,
);
