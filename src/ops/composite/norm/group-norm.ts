import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { reshape } from '../../shape/reshape.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import { composite } from '../composite.ts';
import { scaleAndShift, standardise } from './standardise.ts';

/** Scale, shift and guard of a normalisation per channel. */
export interface ChannelNormOptions<D extends DType = DType> {
  /** Scale and shift per channel, [C]; 1 and 0 unless given. */
  readonly gamma?: Tensor<Shape, D>;
  readonly beta?: Tensor<Shape, D>;
  /** Added to the variance; 1e-5 unless given. */
  readonly epsilon?: number;
}

/** How `groupNorm` normalises. */
export interface GroupNormOptions<D extends DType = DType> extends ChannelNormOptions<D> {
  /** Channels are split into so many groups of neighbours; as many as channels makes instance normalisation. */
  readonly groups: number;
}

/**
 * Each group of channels of each image [N, C, …] shifted to mean 0 and scaled to variance 1, then `gamma · x + beta`.
 * Images of a batch do not see each other, so training and prediction agree.
 *
 * @throws CotangentError `group-norm/groups` when the groups do not divide the channels, `group-norm/channels` when gamma
 * or beta are not [C].
 */
export const groupNorm: <S extends Shape, D extends DType>(
  x: Tensor<S, D> & Float<D>,
  options: GroupNormOptions<D>,
) => Tensor<S, D> = typed((x: Tensor, { groups, gamma, beta, epsilon = 1e-5 }: GroupNormOptions) =>
  composite('groupNorm', { x, gamma, beta }, () => {
    const [batch = 0, channels = 0, ...spatial] = x.shape;
    if (x.shape.length < 2 || !Number.isInteger(groups) || groups < 1 || channels % groups !== 0)
      fail(
        'group-norm/groups',
        `${showType(x)} cannot be split into ${groups} groups of channels`,
        'choose a number of groups that divides the channels, which are axis 1.',
      );
    const perChannel = (name: string, p: Tensor | undefined): Tensor | undefined => {
      if (p !== undefined && (p.shape.length !== 1 || p.shape[0] !== channels))
        fail('group-norm/channels', `${name} is ${showType(p)}; x has ${channels} channels`, `make it [${channels}].`);
      return p && reshape(p, [channels, ...spatial.map(() => 1)]);
    };
    const grouped: Tensor = reshape(x, [batch, groups, channels / groups, ...spatial]);
    const axes = grouped.shape.map((_, axis) => axis).slice(2);
    const normal = reshape(standardise(grouped, axes, epsilon), x.shape);
    return scaleAndShift(normal, perChannel('gamma', gamma), perChannel('beta', beta));
  }),
);
