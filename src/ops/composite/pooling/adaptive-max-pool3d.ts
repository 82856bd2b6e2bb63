import { typed } from '../../typed.ts';
import { type AdaptiveMaxPoolFunction, adaptiveMaxPoolNd } from './adaptive-max-pool-nd.ts';

/**
 * Maxima of a grid of `size` windows over the last 3 axes of x (operators.md 15): window i of n reads from ⌊i·L/n⌋ to
 * ⌈(i + 1)·L/n⌉. `adaptiveMaxPoolWithIndices` also tells where they stood.
 */
export const adaptiveMaxPool3d: AdaptiveMaxPoolFunction<3> = typed(
  (x, size, options) => adaptiveMaxPoolNd('adaptiveMaxPool3d', 3, x, size, options).values,
);
