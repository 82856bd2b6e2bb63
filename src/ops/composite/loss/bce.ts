import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { log } from '../../pointwise/log.ts';
import { maximum } from '../../pointwise/maximum.ts';
import { mul } from '../../pointwise/mul.ts';
import { neg } from '../../pointwise/neg.ts';
import { sub } from '../../pointwise/sub.ts';
import { type PairLossFunction, pairLoss } from './pair-loss.ts';

/**
 * −t · ln p − (1 − t) · ln(1 − p) of probabilities p and targets t in 0 … 1. As in PyTorch a logarithm counts for −100 at
 * least; where it would be less its gradient is 0. Where p comes from a sigmoid, `bceWithLogits` is exact.
 */
export const bce: PairLossFunction = pairLoss('bce', (p, t) =>
  neg(add(mul(t, boundedLog(p)), mul(sub(1, t), boundedLog(sub(1, p))))),
);

const boundedLog = (p: Tensor): Tensor => log(maximum(p, Math.exp(-100)) as Tensor);
