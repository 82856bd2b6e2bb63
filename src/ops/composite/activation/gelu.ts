import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { erf } from '../../pointwise/erf.ts';
import { mul } from '../../pointwise/mul.ts';
import { tanh } from '../../pointwise/tanh.ts';
import { typed } from '../../typed.ts';

/** How `gelu` computes the normal distribution: exactly by erf, or by the common approximation with tanh. */
export interface GeluOptions {
  readonly approximate?: 'none' | 'tanh';
}

/** x · Φ(x), Φ the standard normal distribution. */
export const gelu: <S extends Shape, D extends DType>(x: Tensor<S, D>, options?: GeluOptions) => Tensor<S, D> = typed(
  (x: Tensor, { approximate = 'none' }: GeluOptions = {}) =>
    x.graph.scope('gelu', () => {
      const cubic = () => mul(add(x, mul(mul(x, mul(x, x)), 0.044715)), Math.sqrt(2 / Math.PI));
      const twice = approximate === 'tanh' ? tanh(cubic()) : erf(mul(x, Math.SQRT1_2));
      return mul(mul(x, 0.5), add(twice, 1));
    }),
);
