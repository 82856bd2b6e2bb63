import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { frontDoor } from '../../front-door.ts';
import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { sqrt } from '../../pointwise/sqrt.ts';
import { sub } from '../../pointwise/sub.ts';
import { refuse } from '../../refuse.ts';
import { reshape } from '../../shape/reshape.ts';
import type { PerChannel } from '../../types/channels.ts';
import type { Fits } from '../../types/fits.ts';
import { mean as meanOf } from '../reduce/mean.ts';
import { variance as varianceOf } from '../reduce/variance.ts';

/** How `batchNorm` normalises; every tensor has one element per channel. */
export interface BatchNormOptions<
  Gamma extends Tensor = Tensor,
  Beta extends Tensor = Tensor,
  Mean extends Tensor = Tensor,
  Variance extends Tensor = Tensor,
> {
  /** Scale after normalising, 1 unless given. */
  readonly gamma?: Gamma;
  /** Shift after normalising, 0 unless given. */
  readonly beta?: Beta;
  /** Added to the variance; 1e-5 unless given. */
  readonly epsilon?: number;
  /** Statistics to use; those of the batch itself (biased variance), where not given. */
  readonly mean?: Mean;
  readonly variance?: Variance;
}

/**
 * (x − mean) / √(variance + epsilon) · gamma + beta, per channel of x [N, C, …]. Without given statistics it is the
 * training form: those of the batch, and gradients flow through them.
 *
 * @throws CotangentError `batch-norm/channels` for a tensor that has not one element per channel.
 */
export const batchNorm: <
  S extends Shape,
  D extends DType,
  G extends Shape = Shape,
  B extends Shape = Shape,
  M extends Shape = Shape,
  V extends Shape = Shape,
>(
  x: Tensor<S, D>,
  options?: BatchNormOptions<
    Tensor<G> & Fits<PerChannel<'gamma', S, G>>,
    Tensor<B> & Fits<PerChannel<'beta', S, B>>,
    Tensor<M> & Fits<PerChannel<'mean', S, M>>,
    Tensor<V> & Fits<PerChannel<'variance', S, V>>
  >,
) => Tensor<S, D> = frontDoor(
  'batchNorm',
  ['x'],
  (x: Tensor, { gamma, beta, epsilon = 1e-5, mean, variance }: BatchNormOptions = {}) => {
    const channels =
      x.shape[1] ?? fail('batch-norm/rank', `${showType(x)} has no channel axis`, 'give x the form [N, C, …].');
    const axes = x.shape.map((_, k) => k).filter((k) => k !== 1);
    const perChannel = (name: string, t: Tensor): Tensor => {
      if (t.shape.length !== 1 || t.shape[0] !== channels)
        refuse('batch-norm/channels', { name, given: t.shape, channels }, 'give one element per channel.');
      return reshape(t, [channels, ...x.shape.slice(2).map(() => 1)]);
    };
    return x.graph.scope('batchNorm', () => {
      const centre = perChannel('mean', mean ?? meanOf(x, { axes }));
      const spread = perChannel('variance', variance ?? varianceOf(x, { axes }));
      const deviation = sqrt(add(spread, epsilon));
      const normal = sub(x, centre);
      const scaled =
        gamma === undefined ? div(normal, deviation) : mul(normal, div(perChannel('gamma', gamma), deviation));
      return beta === undefined ? scaled : add(scaled, perChannel('beta', beta));
    });
  },
);
