import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { i32, showType } from '../../../graph/type.ts';
import { iota } from '../../constant/iota.ts';
import { add } from '../../pointwise/add.ts';
import { greater, lessEqual } from '../../pointwise/compare.ts';
import { select } from '../../pointwise/select.ts';
import { reshape } from '../../shape/reshape.ts';
import { typed } from '../../typed.ts';
import { zerosLike } from '../../vector-space.ts';
import { composite } from '../composite.ts';

/** Which diagonal bounds a triangle: 0 (the default) is the main one, positive ones lie above it. */
export interface TriangleOptions {
  readonly diagonal?: number;
}

/** The part of the matrices [..., m, n] that `tril` and `triu` keep. */
export type TriangleFunction = <S extends Shape, D extends DType>(
  x: Tensor<S, D>,
  options?: TriangleOptions,
) => Tensor<S, D>;

const triangle = (name: string, lower: boolean): TriangleFunction =>
  typed((x: Tensor, { diagonal = 0 }: TriangleOptions = {}) =>
    composite(name, { x }, () => {
      const [m, n] = x.shape.slice(-2);
      if (m === undefined || n === undefined)
        fail('triangle/rank', `${showType(x)} holds no matrices`, 'give x two axes or more.');
      const row: Tensor = reshape(iota(x.graph, i32(m), 0), [m, 1]);
      const column: Tensor = iota(x.graph, i32(n), 0);
      const edge: Tensor = add(row, Math.max(-m, Math.min(n, diagonal)));
      const kept = lower ? lessEqual(column, edge) : greater(column, add(edge, -1) as Tensor);
      return select(kept, x, zerosLike(x));
    }),
  );

/** Matrices [..., m, n] with zeros above a diagonal. */
export const tril: TriangleFunction = triangle('tril', true);
/** Matrices [..., m, n] with zeros below a diagonal. */
export const triu: TriangleFunction = triangle('triu', false);
