import { typed } from '../../typed.ts';
import { type MaxUnpoolFunction, maxUnpoolNd } from './max-unpool-nd.ts';

/**
 * Max unpooling with switches (operators.md 43): the values of y where `indices` says, which `maxPoolWithIndices` gives,
 * zeros elsewhere. Pooling the result again gives y back where y ≥ 0 or a window holds nothing else; else max(y, 0).
 *
 * @throws GraphError `unpool/indices` for indices of another shape, `gather/position` when run for one outside the plane.
 */
export const maxUnpool1d: MaxUnpoolFunction<1> = typed((y, indices, options) =>
  maxUnpoolNd('maxUnpool1d', 1, y, indices, options),
);
