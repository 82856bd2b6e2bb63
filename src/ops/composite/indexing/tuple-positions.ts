import { fail } from '../../../graph/error.ts';
import { sameShape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { reshape } from '../../shape/reshape.ts';
import { sliceAlong } from '../../shape/slice-along.ts';
import type { Positions } from './element-positions.ts';
import { checkIndices, flatPositions, spread } from './flat-positions.ts';

/**
 * Positions of the slices that index tuples name: `at` (i32) holds these along its last axis, and shares its first `batch`
 * axes with x.
 *
 * @throws CotangentError `index/dtype`, or `index/tuple` where the tuples do not fit.
 */
export function tuplePositions(x: Tensor, at: Tensor, batch: number): Positions {
  checkIndices(at);
  const length = at.shape.at(-1) ?? 0;
  const lead = at.shape.slice(0, -1);
  const fits =
    Number.isInteger(batch) &&
    batch >= 0 &&
    length > 0 &&
    batch + length <= x.shape.length &&
    batch <= lead.length &&
    sameShape(at.shape.slice(0, batch), x.shape.slice(0, batch));
  if (!fits)
    fail(
      'index/tuple',
      `tuples along the last axis of ${showType(at)} do not fit ${showType(x)} behind ${batch} shared axes`,
      'let the last axis of the indices hold one index for each axis of x from the first after the shared ones.',
    );
  const block = x.shape.slice(batch);
  const tuples = Array.from({ length }, (_, j) => ({
    at: reshape(sliceAlong(at, lead.length, j, j + 1), lead) as Tensor,
  }));
  const slices = flatPositions(tuples, block.slice(0, length));
  return { batch, at: spread(slices, block.slice(length)), block };
}
