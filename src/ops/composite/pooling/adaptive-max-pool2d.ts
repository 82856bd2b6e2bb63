import { typed } from '../../typed.ts';
import { type AdaptiveMaxPoolFunction, adaptiveMaxPoolNd } from './adaptive-max-pool-nd.ts';

/**
 * Maxima of a grid of `size` windows over the last 2 axes of x (operators.md 15): window i of n reads from ⌊i·L/n⌋ to
 * ⌈(i + 1)·L/n⌉. `adaptiveMaxPoolWithIndices` also tells where they stood.
 */
export const adaptiveMaxPool2d: AdaptiveMaxPoolFunction<2> = typed(
  (x, size, options) => adaptiveMaxPoolNd('adaptiveMaxPool2d', 2, x, size, options).values,
);
