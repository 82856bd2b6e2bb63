import { typed } from '../typed.ts';
import { type MaxPoolFunction, maxPoolNd } from './max-pool-nd.ts';

/**
 * Maximum in every window over the last axis of x. The gradient goes to the element that was chosen: among equal ones
 * the first in row-major order, the last, or to all in equal parts (operators.md 1, 2).
 *
 * @throws GraphError `pool/window`, `pool/rank`, … when the sizes do not fit.
 */
export const maxPool1d: MaxPoolFunction<1> = typed((x, options) => maxPoolNd('maxPool1d', 1, x, options).values);
