import { typed } from '../../typed.ts';
import { type AvgUnpoolFunction, avgUnpoolNd } from './avg-unpool-nd.ts';

/**
 * Average unpooling (operators.md 44): every value copied to the whole window it came from, or the adjoint of average
 * pooling, which divides it by the window's divisor. Pooling a copy again gives y back where windows do not overlap.
 *
 * @throws GraphError `unpool/size` where no pooling with these options makes y of the output size.
 */
export const avgUnpool3d: AvgUnpoolFunction<3> = typed((y, options) => avgUnpoolNd('avgUnpool3d', 3, y, options));
