import type { Tensor } from '../../../graph/tensor.ts';
import { full } from '../../constant/full.ts';
import { frontDoor } from '../../front-door.ts';
import { mul } from '../../pointwise/mul.ts';
import { normalizeAxes, type ReduceFunction, type ReduceOptions } from '../../reduce/axes.ts';
import { keptShape } from '../../reduce/sum.ts';
import { concat } from '../../shape/concat.ts';
import { reshape } from '../../shape/reshape.ts';
import { sliceAlong } from '../../shape/slice-along.ts';

/**
 * The product over `axes` (all by default), 1 of nothing; `keepDims` leaves them with size 1. Made of products of halves, so
 * that derivatives of every order are right with any number of zeros among the factors.
 */
export const prod: ReduceFunction = frontDoor(
  'prod',
  ['x'],
  (x: Tensor, { axes, keepDims = false }: ReduceOptions = {}) =>
    x.graph.scope('prod', () => {
      const over = normalizeAxes(x, axes);
      const kept = over.reduce(along, x);
      const shape = keepDims ? keptShape(x.shape, over) : x.shape.filter((_, k) => !over.includes(k));
      return reshape(kept, shape);
    }),
);

/** The product along one axis, which stays with size 1. */
function along(x: Tensor, axis: number): Tensor {
  const size = x.shape[axis]!;
  if (size === 0) return full(x.graph, { dtype: x.dtype, shape: x.shape.with(axis, 1) }, 1);
  if (size === 1) return x;
  const half = Math.floor(size / 2);
  const pairs = mul(sliceAlong(x, axis, 0, half), sliceAlong(x, axis, half, 2 * half)) as Tensor;
  return along(size % 2 === 0 ? pairs : concat([pairs, sliceAlong(x, axis, size - 1, size)], axis), axis);
}
