import { type DType, isFloat } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sameShape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { frontDoor } from '../../front-door.ts';
import { add } from '../../pointwise/add.ts';
import { notEqual } from '../../pointwise/compare.ts';
import { mul } from '../../pointwise/mul.ts';
import { neg } from '../../pointwise/neg.ts';
import { select } from '../../pointwise/select.ts';
import { sum } from '../../reduce/sum.ts';
import { refuse } from '../../refuse.ts';
import { reshape } from '../../shape/reshape.ts';
import type { Fits } from '../../types/fits.ts';
import type { CrossEntropyTarget, LossShape } from '../../types/loss-shape.ts';
import { logSoftmax } from '../activation/log-softmax.ts';
import { checkWeights, classWeights } from './class-weights.ts';
import { type NllOptions, nll } from './nll.ts';
import { type Reduction, reduceLosses } from './reduction.ts';

/** Which places count in the cross-entropy, how much, and how sure the target is. */
export interface CrossEntropyOptions<D extends DType, R extends Reduction = Reduction> extends NllOptions<D, R> {
  /** The share of each target that is spread evenly over all classes; 0 unless given. */
  readonly labelSmoothing?: number;
}

/**
 * −w[t] · ln softmax(logits)[t] at each place, for logits [N, C, …] and an i32 target [N, …] of classes t; or
 * −Σ w[c] · p[c] · ln softmax(logits)[c] for a float target [N, C, …] of probabilities p. As PyTorch's.
 *
 * The mean divides by the summed weights of the places that count (for probabilities, by the number of places).
 * With label smoothing s, the target becomes (1 − s) · target + s / C.
 *
 * @throws CotangentError `target/shape` or `target/dtype` for a target that does not fit, `loss/smoothing` outside 0 … 1.
 */
export const crossEntropy: <
  S extends Shape,
  D extends DType,
  T extends Shape,
  E extends DType,
  R extends Reduction = 'mean',
>(
  logits: Tensor<S, D>,
  target: Tensor<T, E> & Fits<CrossEntropyTarget<S, T, E>>,
  options?: CrossEntropyOptions<D, R>,
) => Tensor<LossShape<S, R>, D> = frontDoor(
  'crossEntropy',
  ['logits', 'target'],
  (logits: Tensor, target: Tensor, { labelSmoothing = 0, ...options }: CrossEntropyOptions<DType> = {}) => {
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
      fail('loss/smoothing', `label smoothing of ${labelSmoothing}`, 'choose a share from 0 to 1.');
    return logits.graph.scope('crossEntropy', () => {
      const logs = logSoftmax(logits, 1);
      if (isFloat(target.dtype)) return ofProbabilities(logs, target, labelSmoothing, options);
      const labels = target;
      if (labelSmoothing === 0) return nll(logs, labels, options);
      const exact = nll(logs, labels, { ...options, reduction: 'none' });
      const weight = classWeights(logits, labels, options.weights, options.ignoreIndex);
      const even = neg(sum(weigh(logs, options.weights), { axes: 1 }));
      const counted = options.ignoreIndex === undefined ? even : select(notEqual(labels, options.ignoreIndex), even, 0);
      const losses = add(mul(exact, 1 - labelSmoothing), mul(counted, labelSmoothing / logits.shape[1]!));
      return reduceLosses(losses, options.reduction ?? 'mean', weight);
    });
  },
);

function ofProbabilities(
  logs: Tensor,
  target: Tensor,
  smoothing: number,
  { weights, ignoreIndex, reduction = 'mean' }: NllOptions<DType>,
): Tensor {
  if (!sameShape(target.shape, logs.shape))
    refuse(
      'target/shape',
      { target: target.shape, logits: logs.shape, needed: logs.shape },
      'give a probability per class, or an i32 tensor of classes without the class axis.',
    );
  if (ignoreIndex !== undefined && ignoreIndex >= 0)
    fail(
      'loss/ignore',
      `class ${ignoreIndex} cannot be ignored in a target of probabilities`,
      'leave ignoreIndex out, or give classes as i32.',
    );
  const smooth = smoothing === 0 ? target : add(mul(target, 1 - smoothing), smoothing / logs.shape[1]!);
  const losses = neg(sum(mul(smooth, weigh(logs, weights)), { axes: 1 }));
  return reduceLosses(losses, reduction);
}

/** Scores [N, C, …] times a weight per class. */
function weigh(scores: Tensor, weights?: Tensor): Tensor {
  if (weights === undefined) return scores;
  checkWeights(scores, weights);
  return mul(scores, reshape(weights, [scores.shape[1]!, ...scores.shape.slice(2).map(() => 1)]));
}
