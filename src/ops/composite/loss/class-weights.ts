import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { cast } from '../../pointwise/cast.ts';
import { equal, notEqual } from '../../pointwise/compare.ts';
import { select } from '../../pointwise/select.ts';
import { gatherOp } from '../../window/gather.ts';

/**
 * The weight of each place of a target [N, …] under scores [N, C, …]: that of its class, 0 where it is ignored.
 * Undefined where every place weighs 1.
 *
 * @throws CotangentError `loss/weights` unless there is one weight per class.
 */
export function classWeights(
  scores: Tensor,
  target: Tensor,
  weights: Tensor | undefined,
  ignoreIndex: number | undefined,
): Tensor | undefined {
  if (weights === undefined)
    return ignoreIndex === undefined ? undefined : cast(notEqual(target, ignoreIndex), scores.dtype);
  checkWeights(scores, weights);
  const at = ignoreIndex === undefined ? target : select(equal(target, ignoreIndex), -1, target);
  return gatherOp({ x: weights, at }, { batch: 0 });
}

/** Refuses weights that are not one per class of the scores. */
export function checkWeights(scores: Tensor, weights: Tensor): void {
  if (weights.shape.length !== 1 || weights.shape[0] !== scores.shape[1] || weights.dtype !== scores.dtype)
    fail(
      'loss/weights',
      `the weights are ${showType(weights)} for scores ${showType(scores)}`,
      `give ${scores.dtype}[${scores.shape[1]}], one weight per class.`,
    );
}
