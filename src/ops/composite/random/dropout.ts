import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { type DropoutOptions, keepMask } from './keep-mask.ts';

/**
 * Each element (or, with `channels`, each channel) is 0 with probability `rate`, the others are divided by 1 − rate. For
 * training only: in prediction leave it out. The same seed, stream and step drop the same elements, so every run can be
 * replayed exactly; give a `step` that counts, or every run drops the same.
 *
 * @throws CotangentError `dropout/rate` for a rate outside 0 … 1, `dropout/channels` for x without channels.
 */
export const dropout: <S extends Shape, D extends DType>(x: Tensor<S, D>, options?: DropoutOptions) => Tensor<S, D> =
  typed((x: Tensor, options: DropoutOptions = {}) =>
    composite('dropout', { x }, () => {
      const { rate = 0.5 } = options;
      const kept = select(keepMask(x, options), x, 0);
      return rate === 0 || rate === 1 ? kept : mul(kept, 1 / (1 - rate));
    }),
  );
