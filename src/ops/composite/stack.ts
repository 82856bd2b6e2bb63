import { fail } from '../../graph/error.ts';
import { sameShape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { frontDoor } from '../front-door.ts';
import { refuse } from '../refuse.ts';
import { concat } from '../shape/concat.ts';
import type { StackShape } from '../types/concat-shape.ts';
import type { Fits, Sized } from '../types/fits.ts';
import { expandDims } from './expand-dims.ts';

/**
 * Tensors of one type side by side along a new axis (negative ones count from the end of the result).
 *
 * @throws CotangentError `stack/shapes` naming the first two that differ.
 */
export const stack: <const T extends readonly Tensor[], A extends number = 0>(
  tensors: T & Fits<StackShape<T, A>>,
  axis?: A,
) => Tensor<Sized<StackShape<T, A>>, T[number]['dtype']> = frontDoor(
  'stack',
  [],
  (tensors: readonly Tensor[], axis?: number) => {
    const first = tensors[0] ?? fail('concat/empty', 'there is nothing to join', 'give at least one tensor.');
    tensors.forEach((x, k) => {
      if (!sameShape(x.shape, first.shape))
        refuse('stack/shapes', { k, a: first.shape, b: x.shape }, 'bring them to one shape, or use concat.');
    });
    const at = axis ?? 0;
    return first.graph.scope('stack', () => {
      const apart = tensors.map((x) => expandDims(x, at));
      return concat(apart, at < 0 ? at + first.shape.length + 1 : at);
    });
  },
);
