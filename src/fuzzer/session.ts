import type { CorpusEntry } from './corpus-entry.ts';
import type { Lane } from './in-this-thread.ts';
import type { Found, Job, JobResult } from './job.ts';
import { Plan } from './plan.ts';
import type { CampaignInfo } from './selection.ts';
import { addTo, type CampaignTally, emptyTally } from './tally.ts';

export interface SessionOptions {
  readonly campaigns: readonly CampaignInfo[];
  readonly lanes: readonly Lane[];
  readonly seed: number;
  readonly runs?: number;
  readonly seconds?: number;
  /** Known failures, repeated first. */
  readonly known: readonly CorpusEntry[];
  stopped(): boolean;
  /** Told of every job that has ended, with what it found at new places. */
  onProgress(tallies: readonly CampaignTally[], fresh: readonly Found[]): void;
}

export interface SessionResult {
  readonly tallies: readonly CampaignTally[];
  /** Known failures that are refuted again, and those that are not. */
  readonly again: readonly CorpusEntry[];
  readonly fixed: readonly CorpusEntry[];
}

/** Repeats what is known, then tries new cases until time, runs or patience end. */
export async function fuzz(options: SessionOptions): Promise<SessionResult> {
  const { campaigns, seed, runs, seconds, known, stopped } = options;
  const tallies = campaigns.map(emptyTally);
  const byName = new Map(tallies.map((tally) => [tally.name, tally]));
  const began = performance.now();
  const over = (): boolean => stopped() || (seconds !== undefined && performance.now() - began > 1000 * seconds);
  const [again, fixed]: [CorpusEntry[], CorpusEntry[]] = [[], []];
  const note = (result: JobResult): void => options.onProgress(tallies, addTo(byName.get(result.campaign)!, result));

  const toRepeat = known.filter(({ campaign }) => byName.has(campaign));
  await inLanes(
    options.lanes,
    () => (stopped() ? undefined : toRepeat.shift()),
    async (entry, lane) => {
      const { campaign, seed, path } = entry;
      const result = await lane.run({ campaign, seed, path, runs: 1, wanted: [], seconds: 60 });
      if (stopped() && result.cases === 0) return;
      (result.found.length > 0 ? again : fixed).push(entry);
      note(result);
    },
  );

  const plan = new Plan(tallies, { seed, ...(runs === undefined ? {} : { runs }) });
  await inLanes(
    options.lanes,
    () => (over() ? undefined : plan.next()),
    async (job: Job, lane) => {
      const result = await lane.run(job);
      plan.ended(job);
      note(result);
    },
  );
  return { tallies, again, fixed };
}

/** Every lane takes the next of something, until there is nothing more for it. */
async function inLanes<T>(
  lanes: readonly Lane[],
  next: () => T | undefined,
  work: (item: T, lane: Lane) => Promise<void>,
): Promise<void> {
  await Promise.all(
    lanes.map(async (lane) => {
      for (let item = next(); item !== undefined; item = next()) await work(item, lane);
    }),
  );
}
