import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { frontDoor } from '../../front-door.ts';
import { div } from '../../pointwise/div.ts';
import { sub } from '../../pointwise/sub.ts';
import type { ReduceFunction, ReduceOptions } from '../../reduce/axes.ts';
import { sum } from '../../reduce/sum.ts';
import { square } from '../square.ts';
import { countOver, mean } from './mean.ts';

/** How `variance` reduces, besides its axes. */
export interface VarianceOptions {
  /** Subtracted from the number of elements that is divided by: 0 (the default) for the biased, 1 for the unbiased estimate. */
  readonly correction?: number;
}

/**
 * The mean squared distance from the mean over `axes` (all by default); `keepDims` leaves them with size 1.
 *
 * @throws CotangentError `variance/count` where there are not more elements than the correction.
 */
export const variance: ReduceFunction<VarianceOptions> = frontDoor(
  'variance',
  ['x'],
  (x: Tensor, { correction = 0, ...options }: VarianceOptions & ReduceOptions = {}) => {
    const count = countOver(x, options.axes) - correction;
    if (!(count > 0))
      fail(
        'variance/count',
        `${showType(x)} gives ${count + correction} elements for each variance, the correction is ${correction}`,
        'reduce over more elements, or correct by less.',
      );
    return x.graph.scope('variance', () => {
      const away = sub(x, mean(x, { ...options, keepDims: true }));
      return div(sum(square(away), options), count);
    });
  },
);
