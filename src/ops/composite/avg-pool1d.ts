import { typed } from '../typed.ts';
import { type AvgPoolFunction, avgPoolNd } from './avg-pool-nd.ts';

/**
 * Mean of every window over the last axis of x (operators.md 4).
 *
 * @throws GraphError `pool/window`, `pool/rank`, … when the sizes do not fit.
 */
export const avgPool1d: AvgPoolFunction<1> = typed((x, options) => avgPoolNd('avgPool1d', 1, x, options));
