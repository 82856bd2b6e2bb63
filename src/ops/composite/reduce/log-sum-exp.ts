import type { Tensor } from '../../../graph/tensor.ts';
import { stopGradient } from '../../control/stop-gradient.ts';
import { add } from '../../pointwise/add.ts';
import { exp } from '../../pointwise/exp.ts';
import { log } from '../../pointwise/log.ts';
import { sub } from '../../pointwise/sub.ts';
import type { ReduceFunction, ReduceOptions } from '../../reduce/axes.ts';
import { sum } from '../../reduce/sum.ts';
import { reshape } from '../../shape/reshape.ts';
import { frontDoor } from '../../front-door.ts';
import { max } from './max.ts';

/** ln Σ e^x over `axes` (all by default), without overflow; `keepDims` leaves them with size 1. */
export const logSumExp: ReduceFunction = frontDoor('logSumExp', ['x'], (x: Tensor, options: ReduceOptions = {}) =>
  x.graph.scope('logSumExp', () => {
    const greatest = stopGradient(max(x, { ...options, keepDims: true }));
    const rest = log(sum(exp(sub(x, greatest)), options));
    return add(rest, reshape(greatest, rest.shape));
  }),
);
