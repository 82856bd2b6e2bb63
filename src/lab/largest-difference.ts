import type { NdArray } from '../graph/nd-array.ts';

/** The largest distance between elements at the same place. */
export function largestDifference(a: NdArray, b: NdArray): number {
  let most = 0;
  for (let i = 0; i < a.data.length; i++) most = Math.max(most, Math.abs(a.data[i]! - b.data[i]!));
  return most;
}
