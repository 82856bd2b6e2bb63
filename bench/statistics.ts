/** Of numbers that are not empty: half of them are below. */
export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The width of the middle half, relative to the median. */
export const spread = (values: readonly number[]): number =>
  (quantile(values, 0.75) - quantile(values, 0.25)) / (median(values) || 1);

/** Ratios inside each round, where noise that lasts longer than a round cancels: the median of them, least and most. */
export interface Ratio {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** How many times as much `a` took as `b`, by the rounds that both have. */
export function ratio(a: readonly number[], b: readonly number[]): Ratio {
  const ratios = a.slice(0, b.length).map((value, round) => value / b[round]!);
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
}

/** Three digits, or all of a whole part that has more. */
export const significant = (value: number): string => (value >= 1000 ? value.toFixed(0) : value.toPrecision(3));

function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * q;
  const below = sorted[Math.floor(at)]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - Math.floor(at));
}
