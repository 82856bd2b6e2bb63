import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { frontDoor } from '../../front-door.ts';
import { div } from '../../pointwise/div.ts';
import type { ReduceFunction } from '../../reduce/axes.ts';
import { normalizeAxes, type ReduceOptions } from '../../reduce/axes.ts';
import { sum } from '../../reduce/sum.ts';

/**
 * The mean over `axes` (all by default); `keepDims` leaves them with size 1.
 *
 * @throws CotangentError `mean/empty` where there is nothing to average.
 */
export const mean: ReduceFunction = frontDoor('mean', ['x'], (x: Tensor, options: ReduceOptions = {}) => {
  const count = countOver(x, options.axes);
  if (count === 0)
    fail('mean/empty', `${showType(x)} has no elements to average`, 'average over axes that are not empty.');
  return x.graph.scope('mean', () => div(sum(x, options), count));
});

/** How many elements a reduction over these axes joins. */
export const countOver = (x: Tensor, axes: ReduceOptions['axes']): number =>
  normalizeAxes(x, axes).reduce((product, axis) => product * x.shape[axis]!, 1);
