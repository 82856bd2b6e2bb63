import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { argsort, type SortOptions } from '../../reduce/argsort.ts';
import { typed } from '../../typed.ts';
import type { Fits } from '../../types/fits.ts';
import type { AlongAxis } from '../../types/reduce-shape.ts';
import { composite } from '../composite.ts';
import { gatherElements } from './gather-elements.ts';

/** Values in order, and where they stood. */
export interface Sorted<S extends Shape = Shape, D extends DType = DType> {
  readonly values: Tensor<S, D>;
  readonly indices: Tensor<S, 'i32'>;
}

/** x in order along an axis, least first unless told otherwise; equal elements keep their order, NaN counts as the greatest. */
export const sort: <S extends Shape, D extends DType, A extends number>(
  x: Tensor<S, D> & Fits<AlongAxis<S, A>>,
  axis: A,
  options?: SortOptions,
) => Sorted<S, D> = typed((x: Tensor, axis: number, options: SortOptions = {}) =>
  composite('sort', { x }, () => {
    const indices = argsort(x, axis, options);
    return { values: gatherElements(x, indices, axis), indices };
  }),
);
