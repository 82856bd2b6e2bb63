import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { lessEqual } from '../../pointwise/compare.ts';
import { select } from '../../pointwise/select.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';

/**
 * x where it is greater than the bound, `value` (0 unless given) elsewhere; NaN stays. The derivative at the bound is taken as 0; where
 * `value` is another number than the bound, the function jumps there.
 */
export const threshold: <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  bound: number,
  value?: number,
) => Tensor<S, D> = typed((x: Tensor, bound: number, value = 0) =>
  composite('threshold', { x }, () => select(lessEqual(x, bound), value, x)),
);
