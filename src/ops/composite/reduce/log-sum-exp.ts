import type { Tensor } from '../../../graph/tensor.ts';
import { full } from '../../constant/full.ts';
import { stopGradient } from '../../control/stop-gradient.ts';
import { frontDoor } from '../../front-door.ts';
import { abs } from '../../pointwise/abs.ts';
import { add } from '../../pointwise/add.ts';
import { less } from '../../pointwise/compare.ts';
import { exp } from '../../pointwise/exp.ts';
import { log } from '../../pointwise/log.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import type { ReduceFunction, ReduceOptions } from '../../reduce/axes.ts';
import { sum } from '../../reduce/sum.ts';
import { reshape } from '../../shape/reshape.ts';
import { max } from './max.ts';
import { countOver } from './mean.ts';

/** ln Σ e^x over `axes` (all by default), without overflow, −Infinity of nothing; `keepDims` leaves them with size 1. */
export const logSumExp: ReduceFunction = frontDoor('logSumExp', ['x'], (x: Tensor, options: ReduceOptions = {}) =>
  x.graph.scope('logSumExp', () => {
    if (countOver(x, options.axes) === 0) return full(x.graph, sum(x, options), Number.NEGATIVE_INFINITY);
    const greatest = stopGradient(max(x, { ...options, keepDims: true })) as Tensor;
    // Infinities stay what they are: ∞ − ∞ would be NaN.
    const shift: Tensor = select(less(abs(greatest), Number.POSITIVE_INFINITY), greatest, 0);
    const rest = log(sum(exp(sub(x, shift) as Tensor), options) as Tensor);
    return add(rest, reshape(shift, rest.shape));
  }),
);
