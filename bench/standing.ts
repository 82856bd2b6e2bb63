import type { Contestant } from './contestant.ts';
import type { Outcome, Row } from './outcome.ts';
import { median, type Ratio, ratio } from './statistics.ts';

/** One contestant at one workload. */
export interface Standing {
  readonly contestant: Contestant;
  readonly row: Row;
}

/** A workload's contestants with their rows, in the order of the rows. */
export function standingsOf({ rows }: Outcome, contestants: readonly Contestant[]): readonly Standing[] {
  return rows.flatMap((row) => {
    const contestant = contestants.find(({ name }) => name === row.contestant);
    return contestant === undefined ? [] : [{ contestant, row }];
  });
}

/** Round by round the least of several: of a framework with one and with two threads, whichever did better. */
export function best(standings: readonly Standing[]): readonly number[] {
  const rounds = standings.map(({ row }) => row.rounds).filter(({ length }) => length > 0);
  const count = Math.max(0, ...rounds.map(({ length }) => length));
  return Array.from({ length: count }, (_, k) =>
    Math.min(...rounds.flatMap((values) => (k < values.length ? [values[k]!] : []))),
  );
}

/** How many times as much `a` took as `b`; where one was measured only once, by their medians. */
export function compare(a: readonly number[], b: readonly number[]): Ratio {
  if (a.length > 1 && b.length > 1) return ratio(a, b);
  const value = median(a) / median(b);
  return { median: value, least: value, most: value };
}
