import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { greater } from '../../pointwise/compare.ts';
import { expm1 } from '../../pointwise/expm1.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { typed } from '../../typed.ts';

/** x where it is positive, alpha · (e^x − 1) elsewhere; alpha is 1 unless given. */
export const elu: <S extends Shape, D extends DType>(x: Tensor<S, D>, alpha?: number) => Tensor<S, D> = typed(
  (x: Tensor, alpha = 1) =>
    x.graph.scope('elu', () => {
      const positive = greater(x, 0);
      // Not of all x: where e^x overflows, 0 · ∞ would come back as the gradient of the branch not taken.
      return select(positive, x, mul(expm1(select(positive, 0, x)), alpha));
    }),
);
