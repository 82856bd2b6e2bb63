import { typed } from '../typed.ts';
import { type AvgPoolFunction, avgPoolNd } from './avg-pool-nd.ts';

/**
 * Mean of every window over the last 2 axes of x (operators.md 4).
 *
 * @throws GraphError `pool/window`, `pool/rank`, … when the sizes do not fit.
 */
export const avgPool2d: AvgPoolFunction<2> = typed((x, options) => avgPoolNd('avgPool2d', 2, x, options));
