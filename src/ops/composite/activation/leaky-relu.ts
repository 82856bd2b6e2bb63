import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { greater } from '../../pointwise/compare.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { typed } from '../../typed.ts';

/** x where it is positive, slope · x (0.01 x unless told) elsewhere. Its derivative at 0 is taken as the slope. */
export const leakyRelu: <S extends Shape, D extends DType>(x: Tensor<S, D>, slope?: number) => Tensor<S, D> = typed(
  (x: Tensor, slope = 0.01) => x.graph.scope('leakyRelu', () => select(greater(x, 0), x, mul(x, slope))),
);
