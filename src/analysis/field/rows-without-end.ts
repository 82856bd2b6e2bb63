/** What each index of a result's axis reads, and how far that moves from index to index. */
export interface Rows {
  row(this: void, index: number): readonly number[];
}

/** Rows that go on beyond both ends. */
export interface EndlessRows extends Rows {
  /** How far rows move, in elements of the input per element of the result: a fraction. */
  readonly jump: readonly [number, number];
}

/**
 * The rows of a table as if the axis had no ends: those in its middle, repeated with their period. Where they have none, as
 * in adaptive pooling of 5 to 3, the first and last ones stand for all beyond.
 */
export function rowsWithoutEnd({ row }: Rows, count: number, size: number): EndlessRows {
  const [from, to] = [Math.floor(count / 4), Math.max(Math.ceil((3 * count) / 4), Math.min(2, count))];
  for (let period = 1; from + period < to; period++) {
    const jump = stepBetween(row(from), row(from + period));
    if (jump === undefined || (jump === 0 && size > 1)) continue;
    const repeats = Array.from({ length: to - from - period }, (_, i) => from + i).every(
      (p) => stepBetween(row(p), row(p + period)) === jump,
    );
    if (!repeats) continue;
    const endless = (p: number): readonly number[] => {
      const rounds = Math.floor((p - from) / period);
      return row(p - rounds * period).map((q) => q + rounds * jump);
    };
    return { row: endless, jump: [jump, period] };
  }
  return { row: (p) => row(Math.min(Math.max(p, 0), count - 1)), jump: [size, count] };
}

/** How far the second row is the first one moved; undefined if it is not. */
function stepBetween(a: readonly number[], b: readonly number[]): number | undefined {
  if (a.length === 0 || a.length !== b.length) return undefined;
  const step = b[0]! - a[0]!;
  return a.every((q, i) => b[i]! - q === step) ? step : undefined;
}
