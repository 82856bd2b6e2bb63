import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { power } from '../pooling/lp-power.ts';
import { checkGamma } from './focal-loss.ts';
import { type OverlapLossFunction, overlapLoss } from './overlap-loss.ts';

/** What mistakes cost in the Tversky loss. */
export interface TverskyOptions {
  /** Of what was predicted wrongly, and of what was missed: ½ each unless given, which makes Dice; 1 each makes Jaccard. */
  readonly alpha?: number;
  readonly beta?: number;
  /** The exponent of the focal Tversky loss: 1 unless given. */
  readonly gamma?: number;
}

/**
 * (1 − (Σ p·t + smooth) / (Σ p·t + alpha · Σ p·(1 − t) + beta · Σ (1 − p)·t + smooth))^gamma for each class, p and t as with
 * `diceLoss`.
 *
 * @throws CotangentError `overlap/classes` for fewer than two classes or one that does not exist; `loss/gamma`.
 */
export const tverskyLoss: OverlapLossFunction<TverskyOptions> = overlapLoss(
  'tverskyLoss',
  ({ both, predicted, actual }, smooth, { alpha = 0.5, beta = 0.5, gamma = 1 }) => {
    checkGamma(gamma);
    const wrong = mul(sub(predicted, both), alpha) as Tensor;
    const missed = mul(sub(actual, both), beta) as Tensor;
    const score = div(add(both, smooth), add(add(both, add(wrong, missed)), smooth)) as Tensor;
    return power(sub(1, score), gamma);
  },
);
