import { typed } from '../typed.ts';
import { type AdaptiveAvgPoolFunction, adaptiveAvgPoolNd } from './adaptive-avg-pool-nd.ts';

/**
 * Means of a grid of `size` windows over the last 2 axes of x (operators.md 15): window i of n reads from ⌊i·L/n⌋ to
 * ⌈(i + 1)·L/n⌉, so that windows overlap or differ in size where n does not divide L.
 */
export const adaptiveAvgPool2d: AdaptiveAvgPoolFunction<2> = typed((x, size) =>
  adaptiveAvgPoolNd('adaptiveAvgPool2d', 2, x, size),
);
