/** Position i of an endless row that repeats 0 … n−1 mirrored: −1 is 0, n is n − 1. */
export function mirrored(i: number, n: number): number {
  const period = 2 * n;
  const j = ((i % period) + period) % period;
  return j < n ? j : period - 1 - j;
}
