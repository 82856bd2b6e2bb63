import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import { composite } from '../composite.ts';
import { type ChannelNormOptions, groupNorm } from './group-norm.ts';

/**
 * Each channel of each image [N, C, …] shifted to mean 0 and scaled to variance 1, then `gamma · x + beta`. To use running
 * statistics instead of the image's own, give them to `batchNorm`; `runningStatistics` with `images: 'apart'` keeps them.
 *
 * @throws CotangentError `group-norm/groups` where x has no channel axis, `group-norm/channels` when gamma or beta are not [C].
 */
export const instanceNorm: <S extends Shape, D extends DType>(
  x: Tensor<S, D> & Float<D>,
  options?: ChannelNormOptions<D>,
) => Tensor<S, D> = typed((x: Tensor, options: ChannelNormOptions = {}) =>
  composite('instanceNorm', { x }, () => groupNorm(x, { ...options, groups: x.shape[1] ?? 0 })),
);
