import type { Tensor } from '../../../graph/tensor.ts';
import { equal } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { select } from '../../pointwise/select.ts';

/** a / b, and a itself where b is 0: where both are, nothing. */
export const quotient = (a: Tensor, b: Tensor): Tensor => div(a, select(equal(b, 0), 1, b) as Tensor) as Tensor;
