import type { Contestant } from './contestant.ts';
import { type InterleaveOptions, interleave, type Sampler } from './interleave.ts';
import type { Outcome, Row } from './outcome.ts';
import type { Child } from './protocol/child.ts';
import { difference, type Figure } from './protocol/figures.ts';
import { median } from './statistics.ts';
import type { Workload } from './workloads/workload.ts';

export interface Entrant {
  readonly contestant: Contestant;
  /** Its process, or why there is none. */
  readonly child: Child | string;
}

interface StepOptions extends InterleaveOptions {
  /** Milliseconds that a contestant has in every round. */
  readonly milliseconds: number;
}

/** One run longer than that is not repeated. */
const patience = 10_000;

/** V8 compiles what runs often again: runs before the first round, unless they take longer than `warmUp` milliseconds. */
const warmUpRuns = 60;
const warmUp = 1500;

/** Times a workload in every process that is up. */
export async function measureSteps(
  { name, title, operations }: Workload,
  folder: string,
  entrants: readonly Entrant[],
  options: StepOptions,
): Promise<Outcome> {
  const samplers: Sampler[] = [];
  const rows = new Map<string, Omit<Row, 'rounds'>>();
  let oracle: readonly Figure[] | undefined;
  for (const { contestant, child } of entrants) {
    if (isStoodInFor(contestant, rows)) continue;
    const base = { contestant: contestant.name, facts: {} };
    const excuse = contestant.excuse(name) ?? (typeof child === 'string' ? child : undefined);
    if (excuse !== undefined || typeof child === 'string') {
      rows.set(contestant.name, { ...base, ...(excuse === undefined ? {} : { skipped: excuse }) });
      continue;
    }
    options.progress(`${contestant.name} warms up`);
    try {
      const prepared = await child.prepare(folder);
      if ('skipped' in prepared) {
        rows.set(contestant.name, { ...base, skipped: prepared.skipped });
        continue;
      }
      const { figures, facts } = prepared;
      oracle ??= figures;
      rows.set(contestant.name, { ...base, facts, difference: difference(oracle, figures) });
      samplers.push(await sampler(contestant.name, child, options.milliseconds));
    } catch (error) {
      rows.set(contestant.name, { ...base, skipped: firstLine(error) });
    }
  }
  const samples = await interleave(samplers, options);
  return {
    workload: name,
    title,
    unit: 'ms',
    ...(operations === undefined ? {} : { operations }),
    rows: [...rows].map(([key, row]) => ({ ...row, rounds: samples.get(key) ?? [] })),
  };
}

/** Whether somebody before ran what this contestant would only run instead. */
export function isStoodInFor({ standsInFor }: Contestant, rows: ReadonlyMap<string, Pick<Row, 'skipped'>>): boolean {
  return standsInFor !== undefined && rows.get(standsInFor)?.skipped === undefined;
}

async function sampler(name: string, child: Child, milliseconds: number): Promise<Sampler> {
  const sample = async (): Promise<number> => median(await child.round(milliseconds, 3, 2000));
  const [first] = await child.round(0, 1, 1);
  if (first! > patience) return { name, sample, once: first! };
  await child.round(warmUp, 3, warmUpRuns);
  return { name, sample };
}

/** The part of an error that fits on a line. */
export const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n').filter((line) => line.trim() !== '')[0] ?? '';
