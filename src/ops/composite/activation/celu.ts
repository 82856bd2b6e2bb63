import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { div } from '../../pointwise/div.ts';
import { mul } from '../../pointwise/mul.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { elu } from './elu.ts';

/**
 * x where it is positive, alpha · (e^(x/alpha) − 1) elsewhere: its derivative is 1 at 0 for any alpha, which must not be 0
 * and is 1 unless given.
 */
export const celu: <S extends Shape, D extends DType>(x: Tensor<S, D>, alpha?: number) => Tensor<S, D> = typed(
  (x: Tensor, alpha = 1) => composite('celu', { x }, () => mul(elu(div(x, alpha) as Tensor), alpha)),
);
