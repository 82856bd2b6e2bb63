import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import { type Shape, sameShape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { showType } from '../../graph/type.ts';
import { refuse } from '../refuse.ts';
import { concat } from '../shape/concat.ts';
import { expandDims } from './expand-dims.ts';

/**
 * Tensors of one type side by side along a new axis (negative ones count from the end of the result).
 *
 * @throws CotangentError `stack/shapes` naming the first two that differ.
 */
export function stack<D extends DType>(tensors: readonly Tensor<Shape, D>[], axis = 0): Tensor<Shape, D> {
  const first = tensors[0] ?? fail('concat/empty', 'there is nothing to join', 'give at least one tensor.');
  tensors.forEach((x, k) => {
    if (!sameShape(x.shape, first.shape))
      refuse('stack/shapes', { k, a: showType(first), b: showType(x) }, 'bring them to one shape, or use concat.');
  });
  return first.graph.scope('stack', () => {
    const apart = tensors.map((x) => expandDims(x, axis));
    return concat(apart, axis < 0 ? axis + first.shape.length + 1 : axis);
  });
}
