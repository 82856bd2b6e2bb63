import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { type OverlapLossFunction, overlapLoss } from './overlap-loss.ts';

/**
 * 1 − (2 Σ p·t + smooth) / (Σ p + Σ t + smooth) for each class, p = softmax(logits) [N, C, …], t the i32 target [N, …] as
 * zeros and ones (or a float one of shares); their mean over classes unless told otherwise.
 *
 * @throws CotangentError `overlap/classes` for fewer than two classes or one that does not exist.
 */
export const diceLoss: OverlapLossFunction = overlapLoss('diceLoss', ({ both, predicted, actual }, smooth) =>
  sub(1, div(add(mul(both, 2), smooth), add(add(predicted, actual), smooth))),
);
