import type { Contestant } from './contestant.ts';
import { type Outcome, type Row, tolerance } from './outcome.ts';
import { best, compare, type Standing, standingsOf } from './standing.ts';
import { median, significant, spread } from './statistics.ts';

/** What a column compares every row with. */
interface Base {
  readonly title: string;
  /** The rounds to hold a row against; undefined where that says nothing. */
  of(row: Row): readonly number[] | undefined;
}

/**
 * A workload's table: medians, spreads, ratios to the better of PyTorch's times and to PyTorch with as many threads, to
 * each other library, and what is to be known of the numbers.
 */
export function outcomeText(outcome: Outcome, contestants: readonly Contestant[]): string {
  const { workload, title, unit, operations, rows } = outcome;
  const measured = rows.filter(({ rounds }) => rounds.length > 0);
  const bases = basesOf(standingsOf(outcome, contestants).filter(({ row }) => row.rounds.length > 0));
  const width = Math.max(...rows.map(({ contestant }) => contestant.length));
  const header = [unit, 'spread', ...(operations === undefined ? [] : ['GFLOP/s'])];
  const line = (name: string, numbers: readonly string[], ratios: readonly string[]): string =>
    `  ${name.padEnd(width)}${numbers.map((text) => text.padStart(9)).join('')}${ratios
      .map((text, k) => text.padStart(Math.max(23, bases[k]!.title.length + 2)))
      .join('')}`.trimEnd();
  const lines = [
    `${workload}  ${title}`,
    line(
      '',
      header,
      bases.map((base) => base.title),
    ),
    ...rows.map((row) => {
      if (row.rounds.length === 0)
        return `  ${row.contestant.padEnd(width)}  skipped: ${row.skipped ?? 'it failed in a round'}`;
      const middle = median(row.rounds);
      const rate = operations === undefined ? [] : [(operations / middle / 1e6).toPrecision(3)];
      const numbers = [significant(middle), row.rounds.length === 1 ? 'once' : percent(spread(row.rounds)), ...rate];
      return line(
        row.contestant,
        numbers,
        bases.map((base) => ratioText(row.rounds, base.of(row))),
      );
    }),
    ...remarks(measured),
  ];
  return lines.join('\n');
}

/** Contestants whose results are not the first one's. */
export const disagreeing = ({ rows }: Outcome): readonly Row[] =>
  rows.filter(({ difference = 0 }) => !(difference <= tolerance));

/** An outcome with how many times as long everybody took as everybody else. */
export const withRatios = (outcome: Outcome): object => {
  const measured = outcome.rows.filter(({ rounds }) => rounds.length > 0);
  const ratios = measured.map((row) => [
    row.contestant,
    Object.fromEntries(measured.map((other) => [other.contestant, compare(row.rounds, other.rounds)])),
  ]);
  return { ...outcome, ratios: Object.fromEntries(ratios) };
};

/** The columns of ratios. */
function basesOf(standings: readonly Standing[]): readonly Base[] {
  const torch = standings.filter(({ contestant }) => contestant.role === 'pytorch');
  const peers = standings.filter(({ contestant }) => contestant.role === 'peer');
  const own = (row: Row): Contestant | undefined =>
    standings.find((standing) => standing.row === row && standing.contestant.role === 'cotangent')?.contestant;
  const asMany = (row: Row): readonly Standing[] => {
    const threads = own(row)?.threads;
    return threads === undefined ? [] : torch.filter(({ contestant }) => contestant.threads === threads);
  };
  return [
    ...(torch.length > 0 ? [{ title: '× PyTorch', of: () => best(torch) }] : []),
    ...(torch.length > 1
      ? [
          {
            title: '× it, as many threads',
            of: (row: Row) => (asMany(row).length > 0 ? best(asMany(row)) : undefined),
          },
        ]
      : []),
    ...[...new Set(peers.map(({ contestant }) => contestant.family))].map((family) => ({
      title: `× ${family}`,
      of: (row: Row) =>
        own(row) === undefined ? undefined : best(peers.filter(({ contestant }) => contestant.family === family)),
    })),
  ];
}

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

function ratioText(rounds: readonly number[], base: readonly number[] | undefined): string {
  if (base === undefined) return '';
  const { median: middle, least, most } = compare(rounds, base);
  if (least === most) return significant(middle);
  return `${significant(middle)} [${significant(least)}–${significant(most)}]`;
}

const percent = (value: number): string => `${(100 * value).toFixed(0)} %`;
