import { typed } from '../typed.ts';
import { type AvgPoolFunction, avgPoolNd } from './avg-pool-nd.ts';

/**
 * Mean of every window over the last 3 axes of x (operators.md 4).
 *
 * @throws GraphError `pool/window`, `pool/rank`, … when the sizes do not fit.
 */
export const avgPool3d: AvgPoolFunction<3> = typed((x, options) => avgPoolNd('avgPool3d', 3, x, options));
