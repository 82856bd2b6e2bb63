import { sub } from '../../pointwise/sub.ts';
import { square } from '../square.ts';
import { type PairLossFunction, pairLoss } from './pair-loss.ts';

/** (prediction − target)². */
export const mse: PairLossFunction = pairLoss('mse', (prediction, target) => square(sub(prediction, target)));
