import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { greater, greaterEqual } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { exp } from '../../pointwise/exp.ts';
import { log1p } from '../../pointwise/log1p.ts';
import { mul } from '../../pointwise/mul.ts';
import { neg } from '../../pointwise/neg.ts';
import { select } from '../../pointwise/select.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/** How sharp `softplus` is. */
export interface SoftplusOptions {
  /** Sharpness: 1 unless given; the larger, the nearer to `relu`. */
  readonly beta?: number;
  /** Where beta · x is greater the result is x itself, as PyTorch has it; nowhere unless given. */
  readonly threshold?: number;
}

/** ln(1 + e^(beta · x)) / beta, without overflow. */
export const softplus: <S extends Shape, D extends DType>(x: Tensor<S, D>, options?: SoftplusOptions) => Tensor<S, D> =
  typed((x: Tensor, { beta = 1, threshold }: SoftplusOptions = {}) =>
    composite('softplus', { x }, () => {
      const scaled: Tensor = beta === 1 ? x : mul(x, beta);
      const y: Tensor = beta === 1 ? curve(scaled) : div(curve(scaled), beta);
      return threshold === undefined ? y : select(greater(scaled, threshold), x, y);
    }),
  );

function curve(x: Tensor): Tensor {
  // Both halves are the same smooth function, so derivatives at 0 come out right; those of |x| would not.
  const right = greaterEqual(x, 0);
  return add(select(right, x, 0), log1p(exp(select(right, neg(x), x))));
}
