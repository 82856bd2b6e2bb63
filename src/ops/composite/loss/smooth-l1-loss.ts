import { fail } from '../../../graph/error.ts';
import { abs } from '../../pointwise/abs.ts';
import { div } from '../../pointwise/div.ts';
import { sub } from '../../pointwise/sub.ts';
import { huber } from './huber-loss.ts';
import { type PairLossFunction, pairLoss } from './pair-loss.ts';

/** Where the smooth L1 loss changes from a square to a line. */
export interface SmoothL1Options {
  /** A distance of at least 0: 1 unless given; 0 makes the L1 loss. */
  readonly beta?: number;
}

/**
 * d² / (2 · beta) for |d| ≤ beta, |d| − beta / 2 beyond, d = prediction − target: Huber's loss divided by beta.
 *
 * @throws CotangentError `loss/distance` for a negative beta.
 */
export const smoothL1Loss: PairLossFunction<SmoothL1Options> = pairLoss(
  'smoothL1Loss',
  (prediction, target, { beta = 1 }) => {
    if (!(beta >= 0)) fail('loss/distance', `beta is ${beta}`, 'give a distance of at least 0.');
    const difference = sub(prediction, target);
    return beta === 0 ? abs(difference) : div(huber(difference, beta), beta);
  },
);
