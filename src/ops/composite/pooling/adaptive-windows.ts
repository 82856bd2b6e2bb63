import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';
import { checkPoolRank } from '../pool-axes.ts';

/**
 * Per spatial axis of x, what the windows of an adaptive pooling to `size` read (operators.md 15): window i of n from
 * ⌊i·L/n⌋ to ⌈(i + 1)·L/n⌉, so that they overlap or differ in size where n does not divide L.
 */
export function adaptiveWindows(x: Tensor, rank: number, size: PerAxis): number[][][] {
  checkPoolRank(x, rank);
  return perAxis('size', size, rank).map((count, i) => {
    const length = x.shape[i + 2]!;
    if (length < 1)
      fail(
        'window/empty',
        `x has no elements along spatial axis ${i}`,
        'give every spatial axis at least one element; only batch and channels may be 0.',
      );
    return windowsOf(length, count);
  });
}

/** The positions of an axis that each of `count` windows reads. */
export const windowsOf = (length: number, count: number): number[][] =>
  Array.from({ length: count }, (_, p) => {
    const first = Math.floor((p * length) / count);
    return Array.from({ length: Math.ceil(((p + 1) * length) / count) - first }, (_, k) => first + k);
  });
