import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { maximum } from '../pointwise/maximum.ts';
import { minimum } from '../pointwise/minimum.ts';
import { typed } from '../typed.ts';

/** x held between two bounds, either of which may be left out; at a bound the gradient still passes. */
export const clip: <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  low: number | undefined,
  high?: number,
) => Tensor<S, D> = typed((x: Tensor, low: number | undefined, high?: number) =>
  x.graph.scope('clip', () => {
    const above = low === undefined ? x : maximum(x, low);
    return high === undefined ? above : minimum(above, high);
  }),
);
