import { typed } from '../typed.ts';
import { type ResizeFunction, resizeNd } from './resize-nd.ts';

/**
 * x with its last 1 axes sampled at another size: nearest or linear, axis by axis.
 *
 * @throws GraphError `resize/size` when nothing would be left, `resize/options` for size and scale both or neither.
 */
export const resize1d: ResizeFunction<1> = typed((x, options) => resizeNd('resize1d', 1, x, options));
