import { typed } from '../../typed.ts';
import { type ResizeFunction, resizeNd } from './resize-nd.ts';

/**
 * x with its last 3 axes sampled at another size: one linear map per axis, whose rows sum to 1 (operators.md 30–33).
 *
 * @throws GraphError `resize/size` when nothing would be left, `resize/empty` for an axis of nothing, `resize/options` for
 * size and scale both or neither and for unknown names.
 */
export const resize3d: ResizeFunction<3> = typed((x, options) => resizeNd('resize3d', 3, x, options));
