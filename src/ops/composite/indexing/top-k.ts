import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { argsort } from '../../reduce/argsort.ts';
import { normalizeAxis } from '../../reduce/axes.ts';
import { sliceAlong } from '../../shape/slice-along.ts';
import { typed } from '../../typed.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { TopKShape } from '../../types/index-shapes.ts';
import { composite } from '../composite.ts';
import { gatherElements } from './gather-elements.ts';
import type { Sorted } from './sort.ts';

/** Which elements `topK` takes. */
export interface TopKOptions<A extends number = number> {
  /** The last unless given. */
  readonly axis?: A;
  /** The least ones instead of the greatest. */
  readonly least?: boolean;
}

/**
 * The k greatest elements along an axis, greatest first, and where they stand; of equal ones the first counts.
 *
 * @throws CotangentError `top-k/count` where there are fewer than k.
 */
export const topK: <S extends Shape, D extends DType, const K extends number, A extends number = -1>(
  x: Tensor<S, D> & Fits<TopKShape<S, K, A>>,
  k: K,
  options?: TopKOptions<A>,
) => Sorted<Sized<TopKShape<S, K, A>>, D> = typed(
  (x: Tensor, k: number, { axis = -1, least = false }: TopKOptions = {}) =>
    composite('topK', { x }, () => {
      const at = normalizeAxis(x, axis);
      if (!(Number.isInteger(k) && k >= 0 && k <= x.shape[at]!))
        fail('top-k/count', `${k} of the ${x.shape[at]} elements along axis ${at} of ${showType(x)}`, 'ask for fewer.');
      const indices = sliceAlong(argsort(x, at, { descending: !least }), at, 0, k) as Tensor<Shape, 'i32'>;
      return { values: gatherElements(x, indices, at), indices };
    }),
);
