/**
 * All sums of one number of each list, those of the last list next to each other: of offsets along axes, the flat offsets
 * of a block, row-major.
 */
export function sumsOf(lists: readonly ArrayLike<number>[]): Int32Array {
  let sums = Int32Array.of(0);
  for (const list of lists) {
    const finer = new Int32Array(sums.length * list.length);
    for (let i = 0, k = 0; i < sums.length; i++) for (let j = 0; j < list.length; j++) finer[k++] = sums[i]! + list[j]!;
    sums = finer;
  }
  return sums;
}
