import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { neg } from '../../pointwise/neg.ts';
import { sub } from '../../pointwise/sub.ts';
import { softplus } from '../activation/softplus.ts';
import { type PairLossFunction, pairLoss } from './pair-loss.ts';

/** How `bceWithLogits` weighs. */
export interface BceWithLogitsOptions {
  /** What a positive example counts, per class; it broadcasts to the logits. 1 unless given. */
  readonly positiveWeights?: Tensor;
}

/** Binary cross-entropy of sigmoid(x) and targets t in 0 … 1, without overflow: t · w₊ · ln(1 + e^−x) + (1 − t) · ln(1 + e^x). */
export const bceWithLogits: PairLossFunction<BceWithLogitsOptions> = pairLoss(
  'bceWithLogits',
  (x, t, { positiveWeights }) => binaryLosses(x, t, positiveWeights),
);

/** The same, element by element. */
export function binaryLosses(x: Tensor, t: Tensor, positiveWeights?: Tensor): Tensor {
  const positive: Tensor = mul(t, softplus(neg(x)));
  const weighed: Tensor = positiveWeights === undefined ? positive : mul(positive, positiveWeights);
  return add(weighed, mul(sub(1, t), softplus(x)) as Tensor);
}
