import type { Tensor } from '../../graph/tensor.ts';
import { type AvgPoolOptions, avgPool2d, type MaxPoolOptions, maxPool2d } from '../../ops/index.ts';

/** `avgPool2d` and `maxPool2d` with sizes that are known only when a case is drawn. */
export const avgPool: (x: Tensor, options: AvgPoolOptions) => Tensor = avgPool2d;
export const maxPool: (x: Tensor, options: MaxPoolOptions) => Tensor = maxPool2d;
