import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { mul } from '../../pointwise/mul.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { elu } from './elu.ts';

/** The two numbers with which means 0 and variances 1 reproduce themselves from layer to layer (Klambauer et al. 2017). */
export const seluNumbers: { readonly alpha: number; readonly gamma: number } = {
  alpha: 1.6732632423543772,
  gamma: 1.0507009873554805,
};

/** gamma · (x where it is positive, alpha · (e^x − 1) elsewhere). Its derivative at 0 is taken as gamma · alpha. */
export const selu: <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options?: { readonly alpha?: number; readonly gamma?: number },
) => Tensor<S, D> = typed(
  (x: Tensor, { alpha = seluNumbers.alpha, gamma = seluNumbers.gamma }: Partial<typeof seluNumbers> = {}) =>
    composite('selu', { x }, () => mul(elu(x, alpha), gamma)),
);
