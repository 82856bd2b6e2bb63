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
 * in adaptive pooling of 5 to 3, the first and last ones stand for all beyond; so they do where what is read goes back
 * midway, as in copies for the taps of windows, one after the other: there each copy tells how far rows move.
 */
export function rowsWithoutEnd({ row }: Rows, count: number, size: number): EndlessRows {
  const clamped = (p: number): readonly number[] => row(Math.min(Math.max(p, 0), count - 1));
  const [from, to] = middleOf(0, count);
  const [first, end] = longestRise(row, count);
  if (first > from || end < to)
    return { row: clamped, jump: repeated(row, middleOf(first, end), size) ?? [size, end - first] };
  const jump = repeated(row, [from, to], size);
  if (jump === undefined) return { row: clamped, jump: [size, count] };
  const [step, period] = jump;
  const endless = (p: number): readonly number[] => {
    const rounds = Math.floor((p - from) / period);
    return row(p - rounds * period).map((q) => q + rounds * step);
  };
  return { row: endless, jump };
}

const middleOf = (first: number, end: number): readonly [number, number] => {
  const count = end - first;
  const [low, high] = [Math.floor(count / 4), Math.max(Math.ceil((3 * count) / 4), Math.min(2, count))];
  return [first + low, first + high];
};

/** After how many rows they are the same again, and how far on. */
function repeated(
  row: Rows['row'],
  [from, to]: readonly [number, number],
  size: number,
): EndlessRows['jump'] | undefined {
  for (let period = 1; from + period < to; period++) {
    const step = stepBetween(row(from), row(from + period));
    if (step === undefined || (step === 0 && size > 1)) continue;
    const repeats = Array.from({ length: to - from - period }, (_, i) => from + i).every(
      (p) => stepBetween(row(p), row(p + period)) === step,
    );
    if (repeats) return [step, period];
  }
  return undefined;
}

/** The longest part of a table in which no row begins before the one before it. */
function longestRise(row: Rows['row'], count: number): readonly [first: number, end: number] {
  let longest: readonly [number, number] = [0, 0];
  let [first, last] = [0, Number.NEGATIVE_INFINITY];
  for (let p = 0; p < count; p++) {
    const start = row(p)[0] ?? last;
    if (start < last) first = p;
    last = start;
    if (p + 1 - first > longest[1] - longest[0]) longest = [first, p + 1];
  }
  return longest;
}

/** How far the second row is the first one moved; undefined if it is not. */
function stepBetween(a: readonly number[], b: readonly number[]): number | undefined {
  if (a.length === 0 || a.length !== b.length) return undefined;
  const step = b[0]! - a[0]!;
  return a.every((q, i) => b[i]! - q === step) ? step : undefined;
}
