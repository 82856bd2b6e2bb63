import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { sigmoid } from '../activation/sigmoid.ts';
import { power } from '../pooling/lp-power.ts';
import { binaryLosses } from './bce-with-logits.ts';
import { checkGamma } from './focal-loss.ts';
import { type PairLossFunction, pairLoss } from './pair-loss.ts';

/** How the binary focal loss weighs. */
export interface SigmoidFocalOptions {
  /** What positive examples count, negative ones 1 − alpha; 0.25 unless given, all count 1 where it is negative. */
  readonly alpha?: number;
  /** How much less what is classified well counts: 2 unless given. */
  readonly gamma?: number;
}

/**
 * The binary cross-entropy of sigmoid(logits) and targets in 0 … 1, times (1 − p)^gamma, p the probability given to the
 * target: torchvision's `sigmoid_focal_loss`, but that the mean is taken unless told otherwise.
 *
 * @throws CotangentError `loss/gamma` for a negative gamma.
 */
export const sigmoidFocalLoss: PairLossFunction<SigmoidFocalOptions> = pairLoss(
  'sigmoidFocalLoss',
  (x, t, { alpha = 0.25, gamma = 2 }) => {
    checkGamma(gamma);
    const p: Tensor = sigmoid(x);
    // p + t − 2pt is 1 − p for t = 1 and p for t = 0.
    const missed = sub(add(p, t) as Tensor, mul(mul(p, t) as Tensor, 2) as Tensor) as Tensor;
    const losses = mul(binaryLosses(x, t), power(missed, gamma)) as Tensor;
    return alpha < 0 ? losses : (mul(losses, add(mul(t, 2 * alpha - 1), 1 - alpha) as Tensor) as Tensor);
  },
);
