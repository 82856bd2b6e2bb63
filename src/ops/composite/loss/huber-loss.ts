import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { abs } from '../../pointwise/abs.ts';
import { lessEqual } from '../../pointwise/compare.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import { square } from '../square.ts';
import { type PairLossFunction, pairLoss } from './pair-loss.ts';

/** Where Huber's loss changes from a square to a line. */
export interface HuberOptions {
  /** A distance above 0: 1 unless given. */
  readonly delta?: number;
}

/**
 * d² / 2 for |d| ≤ delta, delta · (|d| − delta / 2) beyond, d = prediction − target.
 *
 * @throws CotangentError `loss/distance` for a delta that is not above 0.
 */
export const huberLoss: PairLossFunction<HuberOptions> = pairLoss('huberLoss', (prediction, target, { delta = 1 }) => {
  if (!(delta > 0)) fail('loss/distance', `delta is ${delta}`, 'give a distance above 0.');
  return huber(sub(prediction, target), delta);
});

/** Huber's function of a difference. */
export function huber(difference: Tensor, delta: number): Tensor {
  const size: Tensor = abs(difference);
  return select(lessEqual(size, delta), mul(square(difference), 0.5), mul(sub(size, delta / 2), delta));
}
