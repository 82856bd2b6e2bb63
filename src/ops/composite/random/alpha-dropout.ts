import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { typed } from '../../typed.ts';
import { zerosLike } from '../../vector-space.ts';
import { seluNumbers } from '../activation/selu.ts';
import { composite } from '../composite.ts';
import { type DropoutOptions, keepMask } from './keep-mask.ts';

/**
 * Dropout that keeps mean 0 and variance 1, for nets of `selu`: what is dropped gets the value that `selu` tends to at −∞,
 * and all are scaled and shifted back (Klambauer et al. 2017). For training only.
 *
 * @throws CotangentError `dropout/rate` for a rate outside 0 … 1, `dropout/channels` for x without channels.
 */
export const alphaDropout: <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options?: DropoutOptions,
) => Tensor<S, D> = typed((x: Tensor, options: DropoutOptions = {}) =>
  composite('alphaDropout', { x }, () => {
    const { rate = 0.5 } = options;
    const kept = keepMask(x, options);
    if (rate === 1) return zerosLike(x);
    const floor = -seluNumbers.alpha * seluNumbers.gamma;
    const scale = 1 / Math.sqrt((1 - rate) * (1 + rate * floor ** 2));
    return add(mul(select(kept, x, floor), scale), -scale * rate * floor);
  }),
);
