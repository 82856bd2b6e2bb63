import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { div } from '../../pointwise/div.ts';
import { sum } from '../../reduce/sum.ts';
import { mean } from '../reduce/mean.ts';

/** What becomes of the losses of all places: their mean, their sum, or they stay as they are. */
export type Reduction = 'mean' | 'sum' | 'none';

/** Joins losses; the mean is weighted where weights are given. */
export function reduceLosses(losses: Tensor, reduction: Reduction, weights?: Tensor): Tensor {
  if (reduction === 'none') return losses;
  if (reduction === 'sum') return sum(losses);
  if (reduction === 'mean') return weights === undefined ? mean(losses) : div(sum(losses), sum(weights));
  return fail('loss/reduction', `unknown reduction '${String(reduction)}'`, "use 'mean', 'sum' or 'none'.");
}
