import type { Tensor } from '../../../graph/tensor.ts';
import { constant } from '../../constant/constant.ts';
import { mul } from '../../pointwise/mul.ts';

/** How many windows cover each position of an axis. */
export function coverage(size: number, windows: readonly (readonly number[])[]): number[] {
  const hits = new Array<number>(size).fill(0);
  for (const window of windows) for (const at of window) if (at >= 0) hits[at]!++;
  return hits;
}

/**
 * Sums of overlapping windows made means (operators.md 37): every position divided by how many windows cover it, which
 * along each axis `hits` tells. Where none does, the sum is 0 and stays so. This is not the adjoint of anything simple:
 * its gradient divides too.
 */
export const meanOverlap = (y: Tensor, hits: readonly (readonly number[])[]): Tensor =>
  hits.reduce<Tensor>((z, list, axis) => {
    const shape = y.shape.slice(2).map((_, i) => (i === axis ? list.length : 1));
    const shares = list.map((count) => (count === 0 ? 0 : 1 / count));
    return list.every((count) => count === 1) ? z : mul(z, constant(y.graph, { dtype: y.dtype, shape }, shares));
  }, y);
