import type { Contestant } from './contestant.ts';
import { type Ground, type Limit, limitsFor } from './limits.ts';
import type { Outcome } from './outcome.ts';
import { best, compare, type Standing, standingsOf } from './standing.ts';
import { median, significant } from './statistics.ts';

/** What came of a limit. */
export interface Verdict {
  /** `wasm v24.9`. */
  readonly of: string;
  readonly workload: string;
  readonly asks: string;
  /** Absent where something that it takes did not run. */
  readonly measured?: number;
  readonly met?: boolean;
  /** Why nothing was measured. */
  readonly skipped?: string;
}

/** Holds every compiled way of cotangent against its limits, as far as their workloads were run. */
export function verdictsOf(
  outcomes: readonly Outcome[],
  contestants: readonly Contestant[],
  nodeOf: (contestant: Contestant) => number,
): readonly Verdict[] {
  const own = contestants.filter(({ role, threads }) => role === 'cotangent' && threads !== undefined);
  const standings = new Map(outcomes.map((outcome) => [outcome.workload, standingsOf(outcome, contestants)]));
  const pick = (workload: string, family: string, threads: number | undefined): readonly Standing[] =>
    (standings.get(workload) ?? []).filter(
      ({ contestant }) => contestant.family === family && (threads === undefined || contestant.threads === threads),
    );
  return [...new Set(own.map(({ family }) => family))].flatMap((family) => {
    const node = nodeOf(own.find((contestant) => contestant.family === family)!);
    const ground: Ground = {
      node,
      own: (workload, threads) => pick(workload, family, threads),
      others: pick,
      operations: (workload) => outcomes.find((outcome) => outcome.workload === workload)?.operations,
    };
    return limitsFor(node)
      .filter(({ workload }) => standings.has(workload))
      .map((limit): Verdict => {
        const base = { of: family, workload: limit.workload, asks: limit.asks };
        const measured = measure(limit, ground);
        if (typeof measured === 'string') return { ...base, skipped: measured };
        const met = measured <= (limit.most ?? Number.POSITIVE_INFINITY) && measured >= (limit.least ?? 0);
        return { ...base, measured, met };
      });
  });
}

/** The verdicts as a table. */
export function verdictText(verdicts: readonly Verdict[]): string {
  const cells = verdicts.map(({ of, workload, asks, measured, met, skipped }) => [
    of,
    workload,
    asks,
    measured === undefined ? '–' : significant(measured),
    skipped === undefined ? (met ? 'met' : 'MISSED') : `not measured: ${skipped}`,
  ]);
  const widths = [0, 1, 2, 3].map((k) => Math.max(...cells.map((row) => row[k]!.length)));
  return [
    'What is asked for',
    ...cells.map((row) => `  ${row.map((text, k) => text.padEnd(widths[k] ?? 0)).join('  ')}`),
  ]
    .map((line) => line.trimEnd())
    .join('\n');
}

/** The number that a limit is about, or why there is none. */
function measure({ workload, measure: how }: Limit, { own, others, operations }: Ground): number | string {
  const mine = (threads?: number): readonly number[] | string => roundsOf(own(workload, threads), 'cotangent');
  if (how.kind === 'faster' || how.kind === 'slower') {
    const a = mine(how.than.own);
    const b = roundsOf(others(workload, how.than.family, how.than.threads), how.than.family);
    if (typeof a === 'string' || typeof b === 'string') return typeof a === 'string' ? a : String(b);
    return how.kind === 'faster' ? compare(b, a).median : compare(a, b).median;
  }
  if (how.kind === 'threads') {
    const [a, b] = [mine(1), mine(2)];
    if (typeof a === 'string' || typeof b === 'string') return typeof a === 'string' ? a : String(b);
    return compare(a, b).median;
  }
  const fact = (rows: readonly Standing[], name: string): readonly number[] =>
    rows.flatMap(({ row }) => (typeof row.facts[name] === 'number' ? [row.facts[name]] : []));
  if (how.kind === 'fact') {
    const values = fact(own(workload), how.name);
    return values.length === 0 ? 'cotangent did not run' : Math.max(...values);
  }
  const rows = own(workload, how.kind === 'peak' ? 1 : undefined).filter(({ row }) => row.rounds.length > 0);
  if (rows.length === 0) return 'cotangent did not run';
  if (how.kind === 'value') return Math.max(...rows.map(({ row }) => median(row.rounds)));
  const peaks = ['wasmPeak', 'fusedWasmPeak'].flatMap((name) => fact(rows, name));
  const work = operations(workload);
  if (peaks.length === 0 || work === undefined) return 'no peak was found';
  return work / median(best(rows)) / 1e6 / Math.max(...peaks);
}

/** The better of some rows, round by round, or why there are none. */
function roundsOf(standings: readonly Standing[], who: string): readonly number[] | string {
  const rounds = best(standings);
  if (rounds.length > 0) return rounds;
  const why = standings.map(({ row }) => row.skipped).find((text) => text !== undefined);
  return `${who} ${why === undefined ? 'did not run' : `was skipped: ${why}`}`;
}
