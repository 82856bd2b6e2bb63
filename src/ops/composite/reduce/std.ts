import type { Tensor } from '../../../graph/tensor.ts';
import { sqrt } from '../../pointwise/sqrt.ts';
import type { ReduceFunction, ReduceOptions } from '../../reduce/axes.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { type VarianceOptions, variance } from './variance.ts';

/** The square root of the variance over `axes` (all by default). Where all elements are equal its derivatives are taken as 0. */
export const std: ReduceFunction<VarianceOptions> = typed((x: Tensor, options: VarianceOptions & ReduceOptions = {}) =>
  composite('std', { x }, () => sqrt(variance(x, options) as Tensor)),
);
