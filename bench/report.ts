import { type Outcome, type Row, tolerance } from './outcome.ts';
import { median, type Ratio, ratio, spread } from './statistics.ts';

/** A workload's table: medians, spreads, ratios to each of `bases`, and what is to be known of the numbers. */
export function outcomeText(outcome: Outcome, bases: readonly string[]): string {
  const { workload, title, unit, operations, rows } = outcome;
  const measured = rows.filter(({ rounds }) => rounds.length > 0);
  const against = bases.filter((name) => measured.some(({ contestant }) => contestant === name));
  const width = Math.max(...rows.map(({ contestant }) => contestant.length));
  const cells = (name: string, numbers: readonly string[]): string =>
    `  ${name.padEnd(width)}${numbers.map((text) => text.padStart(12)).join('')}`;
  const header = [unit, 'spread', ...(operations === undefined ? [] : ['GFLOP/s'])];
  const lines = [
    `${workload}  ${title}`,
    `${cells('', header)}${against.map((name) => `× ${name}`.padStart(24)).join('')}`,
    ...rows.map((row) => {
      if (row.rounds.length === 0)
        return `  ${row.contestant.padEnd(width)}  skipped: ${row.skipped ?? 'it failed in a round'}`;
      const middle = median(row.rounds);
      const rate = operations === undefined ? [] : [(operations / middle / 1e6).toPrecision(3)];
      const numbers = [significant(middle), row.rounds.length === 1 ? 'once' : percent(spread(row.rounds)), ...rate];
      return cells(row.contestant, numbers) + against.map((name) => ratioText(row, rows, name).padStart(24)).join('');
    }),
    ...remarks(measured),
  ];
  return lines.join('\n');
}

/** Contestants whose results are not the first one's. */
export const disagreeing = ({ rows }: Outcome): readonly Row[] =>
  rows.filter(({ difference = 0 }) => !(difference <= tolerance));

function remarks(rows: readonly Row[]): string[] {
  const compared = rows.filter(({ difference }) => difference !== undefined);
  const off = compared.filter(({ difference }) => !(difference! <= tolerance));
  const agreeing = compared.filter(({ difference }) => difference! <= tolerance);
  const furthest = Math.max(...agreeing.map(({ difference }) => difference!));
  const facts = [...new Set(rows.flatMap(({ facts }) => ('fallbacks' in facts ? [facts.fallbacks] : [])))];
  const peaks = rows.flatMap(({ contestant, facts: { wasmPeak: peak, fusedWasmPeak: fusedPeak } }) =>
    typeof peak !== 'number'
      ? []
      : [
          `  peak of one thread of WebAssembly, found by ${contestant}: ${peak.toFixed(1)} GFLOP/s` +
            (typeof fusedPeak === 'number' ? `, ${fusedPeak.toFixed(1)} fused` : ''),
        ],
  );
  return [
    ...(agreeing.length > 1 ? [`  ${agreeing.length} computed the same numbers, to ${furthest.toExponential(0)}`] : []),
    ...off.map(
      (row) => `  NOT THE SAME NUMBERS: ${row.contestant}, by ${row.difference!.toExponential(0)} of the norm`,
    ),
    ...peaks,
    ...facts.map((names) => `  run by their reference kernels, as no compiled ones were found: ${names}`),
  ];
}

function ratioText(row: Row, rows: readonly Row[], base: string): string {
  const other = rows.find(({ contestant }) => contestant === base)!;
  if (other === row) return '1';
  if (row.rounds.length === 1 || other.rounds.length === 1)
    return significant(median(row.rounds) / median(other.rounds));
  const { median: middle, least, most }: Ratio = ratio(row.rounds, other.rounds);
  return `${significant(middle)} [${significant(least)}–${significant(most)}]`;
}

const significant = (value: number): string => (value >= 1000 ? value.toFixed(0) : value.toPrecision(3));

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;
