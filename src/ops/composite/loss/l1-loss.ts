import { abs } from '../../pointwise/abs.ts';
import { sub } from '../../pointwise/sub.ts';
import { type PairLossFunction, pairLoss } from './pair-loss.ts';

/** |prediction − target|. Where both are equal the derivative is taken as 0. */
export const l1Loss: PairLossFunction = pairLoss('l1Loss', (prediction, target) => abs(sub(prediction, target)));
