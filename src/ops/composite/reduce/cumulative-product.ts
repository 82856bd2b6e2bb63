import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { frontDoor } from '../../front-door.ts';
import { mul } from '../../pointwise/mul.ts';
import { normalizeAxis } from '../../reduce/axes.ts';
import type { CumulativeOptions } from '../../reduce/cumulative-sum.ts';
import { shiftAlong } from '../../shape/slice-along.ts';
import type { Fits } from '../../types/fits.ts';
import type { AlongAxis } from '../../types/reduce-shape.ts';

/**
 * Each element times all before it along an axis; with `reverse`, all after it; with `exclusive`, without itself (so it begins
 * with 1). Made of products of ever larger windows, so that derivatives of every order are right with zeros among the factors.
 */
export const cumulativeProduct: <S extends Shape, D extends DType, A extends number>(
  x: Tensor<S, D> & Fits<AlongAxis<S, A>>,
  axis: A,
  options?: CumulativeOptions,
) => Tensor<S, D> = frontDoor(
  'cumulativeProduct',
  ['x'],
  (x: Tensor, axis: number, { reverse = false, exclusive = false }: CumulativeOptions = {}) =>
    x.graph.scope('cumulativeProduct', () => {
      const at = normalizeAxis(x, axis);
      const size = x.shape[at]!;
      const towards = reverse ? -1 : 1;
      let y: Tensor = exclusive && size > 0 ? shiftAlong(x, at, towards, 1) : x;
      // Now y[i] is the product of the `window` elements up to i.
      for (let window = 1; window < size; window *= 2) y = mul(y, shiftAlong(y, at, towards * window, 1)) as Tensor;
      return y;
    }),
);
