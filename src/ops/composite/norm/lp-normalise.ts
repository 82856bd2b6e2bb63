import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { div } from '../../pointwise/div.ts';
import { maximum } from '../../pointwise/maximum.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits } from '../../types/fits.ts';
import type { AlongAxis } from '../../types/reduce-shape.ts';
import { composite } from '../composite.ts';
import { norm } from '../reduce/norm.ts';

/** How `lpNormalise` measures. */
export interface LpNormaliseOptions {
  /** Which norm: 2 unless given. */
  readonly p?: number;
  /** No norm counts for less; 1e-12 unless given, so that zeros stay zeros. */
  readonly epsilon?: number;
}

/** x divided by its p-norm along an axis. */
export const lpNormalise: <S extends Shape, D extends DType, A extends number>(
  x: Tensor<S, D> & Float<D> & Fits<AlongAxis<S, A>>,
  axis: A,
  options?: LpNormaliseOptions,
) => Tensor<S, D> = typed((x: Tensor, axis: number, { p = 2, epsilon = 1e-12 }: LpNormaliseOptions = {}) =>
  composite('lpNormalise', { x }, () => {
    const size = norm(x, { p, axes: axis, keepDims: true }) as Tensor;
    return div(x, maximum(size, epsilon) as Tensor);
  }),
);
