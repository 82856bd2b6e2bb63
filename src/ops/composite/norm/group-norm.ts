import type { FloatDType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { sqrt } from '../../pointwise/sqrt.ts';
import { sub } from '../../pointwise/sub.ts';
import { sum } from '../../reduce/sum.ts';
import { reshape } from '../../shape/reshape.ts';

export interface GroupNormOptions<D extends FloatDType> {
  /** Channels are split into so many groups of neighbours; as many as channels makes instance normalisation. */
  readonly groups: number;
  /** Scale and shift per channel, [C]; default 1 and 0. */
  readonly gamma?: Tensor<Shape, D>;
  readonly beta?: Tensor<Shape, D>;
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number;
}

/**
 * Each group of channels of each image [N, C, …] shifted to mean 0 and scaled to variance 1, then `gamma · x + beta`.
 * Images of a batch do not see each other, so training and prediction agree.
 *
 * @throws CotangentError `group-norm/groups` when the groups do not divide the channels, `group-norm/channels` when gamma
 * or beta are not [C].
 */
export function groupNorm<S extends Shape, D extends FloatDType>(
  x: Tensor<S, D>,
  { groups, gamma, beta, epsilon = 1e-5 }: GroupNormOptions<D>,
): Tensor<S, D> {
  const [batch = 0, channels = 0, ...spatial] = x.shape;
  if (x.shape.length < 2 || !Number.isInteger(groups) || groups < 1 || channels % groups !== 0)
    fail(
      'group-norm/groups',
      `${showType(x)} cannot be split into ${groups} groups of channels`,
      'choose a number of groups that divides the channels, which are axis 1.',
    );
  for (const [name, value] of Object.entries({ gamma, beta }))
    if (value !== undefined && (value.shape.length !== 1 || value.shape[0] !== channels))
      fail(
        'group-norm/channels',
        `${name} is ${showType(value)}; x has ${channels} channels`,
        `make it [${channels}].`,
      );
  return x.graph.scope('groupNorm', () => {
    const grouped: Floats = reshape(x as Floats, [batch, groups, channels / groups, ...spatial]);
    const axes = grouped.shape.map((_, axis) => axis).slice(2);
    const count = sizeOf(grouped.shape.slice(2));
    const mean = (values: Floats): Floats => div(sum(values, { axes, keepDims: true }), count);
    const centred = sub(grouped, mean(grouped));
    const deviation = sqrt(add(mean(mul(centred, centred)), epsilon));
    const perChannel = (p: Floats): Floats => reshape(p, [1, channels, ...spatial.map(() => 1)]);
    let y: Floats = reshape(div(centred, deviation), [...x.shape]);
    if (gamma !== undefined) y = mul(y, perChannel(gamma));
    if (beta !== undefined) y = add(y, perChannel(beta));
    // Every step above keeps the shape in the end; the types forget it on the way through the groups.
    return y as Tensor<S, D>;
  });
}

type Floats = Tensor<Shape, FloatDType>;
