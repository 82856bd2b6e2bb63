import { ownJudges } from '../../check/mutants/judges.ts';
import type { MutantPlace, MutantRecord } from '../../check/mutants/ledger.ts';
import { mistakes as allMistakes, type Mistake } from '../../check/mutants/mutant.ts';
import type { AlarmsBy } from '../../check/mutants/panel.ts';
import { type Conversation, converse } from '../../io/converse.ts';
import { ops as table } from '../../ops/index.ts';
import { mutantsProgram } from '../mutants-program.ts';
import type { MutantJob, MutantJobResult } from './mutant-job.ts';
import type { KillRow, MutantsReport } from './mutant-report.ts';
import { mutantsProgressOn } from './mutants-progress.ts';
import { runMutantJob } from './run-mutant-job.ts';

export interface MutantsSettings {
  /** Names of operators; all unless given. */
  readonly ops?: readonly string[];
  readonly mistakes?: readonly Mistake[];
  readonly seed: number;
  /** Many cases in place of a representative share. */
  readonly all: boolean;
  /** After so many seconds nothing further is begun. */
  readonly seconds?: number;
  readonly threads: number;
  readonly version: string;
}

/** All that `--ops` may name. */
export const operatorNames: readonly string[] = Object.keys(table).sort();

/** Whether nothing survived, and none of our own ways refused what was right. */
export const isUnfaulted = ({ mutants, alarms }: MutantsReport): boolean =>
  mutants.every(({ fate }) => fate !== 'survived') && ownJudges.every(({ name }) => (alarms[name]?.refused ?? 0) === 0);

const share = { cases: 24, graphs: 6 };
const everything = { cases: 100, graphs: 40 };

/** Breaks the rules and kernels of operators in every way known, in threads, and tells who notices. */
export async function runMutants(
  settings: MutantsSettings,
  out: NodeJS.WritableStream & { readonly isTTY?: boolean },
): Promise<MutantsReport> {
  const { ops = operatorNames, mistakes, seed, all, seconds, threads, version } = settings;
  const began = performance.now();
  const taken = (): number => (performance.now() - began) / 1000;
  const jobs = jobsFor(ops).map(
    (job): MutantJob => ({
      ...job,
      seed,
      ...(all ? everything : share),
      ...(mistakes === undefined ? {} : { mistakes }),
    }),
  );
  const open = [...jobs];
  const mutants: MutantRecord[] = [];
  const alarms: AlarmsBy = {};
  let tried = 0;
  const progress = mutantsProgressOn(out);
  const lanes = await Promise.all(
    Array.from({ length: Math.min(threads, jobs.length) }, () =>
      threads > 1 ? converse<MutantJob, MutantJobResult>(mutantsProgram, {}) : inThisThread,
    ),
  );
  try {
    await Promise.all(
      lanes.map(async ({ ask }) => {
        while (seconds === undefined || taken() < seconds) {
          const job = open.shift();
          if (job === undefined) return;
          const result = await ask(job);
          mutants.push(...result.records);
          addAlarms(alarms, result.alarms);
          tried++;
          progress.show({ tried, of: jobs.length, mutants, seconds: taken() });
        }
      }),
    );
  } finally {
    progress.close();
    await Promise.all(lanes.map((lane) => lane.close()));
  }
  mutants.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return {
    format: 'cotangent-mutants/1',
    version,
    node: process.version,
    seed,
    seconds: taken(),
    operators: ops.length,
    parts: { tried, of: jobs.length },
    rows: rowsOf(mutants),
    alarms,
    mutants,
  };
}

const inThisThread: Conversation<MutantJob, MutantJobResult> = {
  ask: async (job) => {
    // Lets signals and timers come through.
    await new Promise((resolve) => setImmediate(resolve));
    return runMutantJob(job);
  },
  close: async () => {},
};

/** Those with most to change first, so that no thread is left with a long one at the end. */
function jobsFor(names: readonly string[]): Pick<MutantJob, 'op' | 'of'>[] {
  const rank = (name: string): number => {
    const { example: _, ...op } = table[name]!;
    return Object.keys(op.degree).length + `${op.kernel}${op.infer}`.length / 1000;
  };
  const ordered = names.toSorted((a, b) => rank(b) - rank(a));
  return (['rules', 'forward'] as const).flatMap((of) => ordered.map((op) => ({ op, of })));
}

function addAlarms(to: AlarmsBy, more: AlarmsBy): void {
  for (const [name, { asked, refused }] of Object.entries(more)) {
    to[name] ??= { asked: 0, refused: 0 };
    to[name].asked += asked;
    to[name].refused += refused;
  }
}

function rowsOf(mutants: readonly MutantRecord[]): KillRow[] {
  const places: readonly MutantPlace[] = ['rule', 'kink', 'forward'];
  return places.flatMap((of) =>
    allMistakes.flatMap((mistake): KillRow[] => {
      const some = mutants.filter(
        (each) => each.of === of && each.mistake === mistake && (each.fate === 'killed' || each.fate === 'survived'),
      );
      if (some.length === 0) return [];
      const by: { [judge: string]: number } = {};
      for (const { killedBy } of some) for (const name of killedBy) by[name] = (by[name] ?? 0) + 1;
      const killed = some.filter(({ fate }) => fate === 'killed').length;
      return [{ of, mistake, mutants: some.length, killed, by }];
    }),
  );
}
