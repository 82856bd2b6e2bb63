import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import { sub } from '../../pointwise/sub.ts';
import { type OverlapLossFunction, overlapLoss } from './overlap-loss.ts';

/**
 * 1 − (Σ p·t + smooth) / (Σ p + Σ t − Σ p·t + smooth) for each class, p and t as with `diceLoss`: intersection over union.
 *
 * @throws CotangentError `overlap/classes` for fewer than two classes or one that does not exist.
 */
export const jaccardLoss: OverlapLossFunction = overlapLoss('jaccardLoss', ({ both, predicted, actual }, smooth) =>
  sub(1, div(add(both, smooth), add(sub(add(predicted, actual), both), smooth))),
);
