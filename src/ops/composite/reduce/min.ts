import type { Tensor } from '../../../graph/tensor.ts';
import { neg } from '../../pointwise/neg.ts';
import type { ReduceFunction, ReduceOptions } from '../../reduce/axes.ts';
import { typed } from '../../typed.ts';
import { max } from './max.ts';

/** The least element over `axes` (all by default); like `max` in everything else. */
export const min: ReduceFunction = typed((x: Tensor, options: ReduceOptions = {}) =>
  x.graph.scope('min', () => neg(max(neg(x), options))),
);
