import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { normalizeAxis } from '../../reduce/axes.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { checkIndices, flatPositions, indexAlong } from './flat-positions.ts';

/** Where elements stand in blocks of a tensor, one block for each index into its first `batch` axes. */
export interface Positions {
  readonly batch: number;
  /** The first `batch` axes, then any; flat positions in a block. */
  readonly at: Tensor;
  /** Sizes of a block. */
  readonly block: Shape;
}

/**
 * Positions of elements of which `at` (i32, as many axes as x) tells the index along one axis, and its own place the others.
 *
 * @throws CotangentError `index/dtype`, or `index/rank` where the ranks differ or `at` is longer than x on another axis.
 */
export function elementPositions(x: Tensor, at: Tensor, axis: number): Positions {
  checkIndices(at);
  const k = normalizeAxis(x, axis);
  if (at.shape.length !== x.shape.length || at.shape.some((d, j) => j !== k && d > x.shape[j]!))
    fail(
      'index/rank',
      `indices ${showType(at)} along axis ${k} do not fit ${showType(x)}`,
      'give indices that fit into x on every other axis.',
    );
  // As many leading axes as possible are blocks of their own, so that positions stay small.
  const batch = x.shape.findIndex((d, j) => j === k || d !== at.shape[j]);
  const block = x.shape.slice(batch);
  const own = block.map((_, j) =>
    batch + j === k ? { at } : { at: indexAlong(x, at.shape, batch + j), trusted: true },
  );
  return { batch, at: broadcastTo(flatPositions(own, block), at.shape), block };
}
