import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { expm1 } from '../../pointwise/expm1.ts';
import { mul } from '../../pointwise/mul.ts';
import { neg } from '../../pointwise/neg.ts';
import { typed } from '../../typed.ts';
import type { Fits } from '../../types/fits.ts';
import type { LossShape } from '../../types/loss-shape.ts';
import type { TargetShape } from '../../types/target-shape.ts';
import { gatherOp } from '../../window/gather.ts';
import { logSoftmax } from '../activation/log-softmax.ts';
import { composite } from '../composite.ts';
import { power } from '../pooling/lp-power.ts';
import { classPositions } from './class-positions.ts';
import { classWeights } from './class-weights.ts';
import type { NllOptions } from './nll.ts';
import { type Reduction, reduceLosses } from './reduction.ts';

/** Which places count in the focal loss, and how much. */
export interface FocalOptions<D extends DType, R extends Reduction = Reduction> extends NllOptions<D, R> {
  /** How much less what is classified well counts: 2 unless given; 0 makes the cross-entropy. */
  readonly gamma?: number;
}

/**
 * −w[t] · (1 − p)^gamma · ln p at each place, p = softmax(logits)[t] and t its class (Lin et al. 2017): logits [N, C, …], i32
 * target [N, …]. The mean divides by the summed weights of the places that count, as that of `crossEntropy`.
 *
 * @throws CotangentError `loss/gamma` for a negative gamma, and what `crossEntropy` refuses.
 */
export const focalLoss: <S extends Shape, D extends DType, T extends Shape, R extends Reduction = 'mean'>(
  logits: Tensor<S, D>,
  target: Tensor<T> & Fits<TargetShape<S, T>>,
  options?: FocalOptions<D, R>,
) => Tensor<LossShape<S, R>, D> = typed(
  (logits: Tensor, target: Tensor, { gamma = 2, weights, ignoreIndex, reduction = 'mean' }: FocalOptions<DType> = {}) =>
    composite('focalLoss', { logits, target }, () => {
      checkGamma(gamma);
      const at = classPositions(logits, target, ignoreIndex);
      // What is ignored reads 0, the logarithm of certainty: no loss.
      const known: Tensor = gatherOp({ x: logSoftmax(logits, 1), at }, { batch: 1 });
      const losses = mul(power(neg(expm1(known)), gamma), neg(known)) as Tensor;
      const weight = classWeights(logits, target, weights, ignoreIndex);
      return reduceLosses(weight === undefined ? losses : (mul(losses, weight) as Tensor), reduction, weight);
    }),
);

/** Refuses exponents below 0. */
export function checkGamma(gamma: number): void {
  if (!(gamma >= 0)) fail('loss/gamma', `gamma is ${gamma}`, 'give a number of at least 0.');
}
