import { join } from 'node:path';
import { type Conversation, converse } from '../../io/converse.ts';
import { makeNet, nets } from '../../nn/index.ts';
import type { TrainConfig } from '../config.ts';
import { checkOutputFolder } from '../run-folder.ts';
import { type ComparedData, comparedData } from './compared-data.ts';
import { readComparison, writeComparison } from './comparison-file.ts';
import type { NetOutcome } from './measured-net.ts';
import type { NetJob, ThreadState } from './net-job.ts';
import { type Comparison, recipeFor } from './recipe.ts';

/** What came of a comparison. */
export interface Compared {
  readonly comparison: Comparison;
  /** Of the first net; those of the others differ in the net alone. */
  readonly config: TrainConfig;
  readonly data: ComparedData;
  /** Measured nets first, the best of them first. */
  readonly outcomes: readonly NetOutcome[];
  readonly interrupted: boolean;
  readonly seconds: number;
}

/** How far a comparison is. */
export interface CompareState {
  /** Finished steps of all nets. */
  readonly done: number;
  readonly total: number;
  readonly running: readonly { readonly name: string; readonly step: number; readonly loss: number }[];
}

/** How nets are compared, which does not change what is computed. */
export interface CompareRun {
  /** How many nets are trained at once, each on one thread. */
  readonly threads: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of each net that is finished, failed or given up. */
  onOutcome?(outcome: NetOutcome): void;
  /** Told several times a second. */
  onProgress?(state: CompareState): void;
}

/** How often progress is told, in milliseconds. */
const interval = 250;

/**
 * Trains nets one beside the other by one recipe, each in a run folder of its own within `dir`, and measures them. Interrupted, it
 * keeps what is finished; it is taken up by {@link resumeComparison}. A net that fails is told of and does not end the others.
 *
 * @throws CotangentError `output/occupied`, `output/unwritable`, `net/unknown`, `data/…`.
 */
export async function compare(dir: string, comparison: Comparison, run: CompareRun): Promise<Compared> {
  checkOutputFolder(dir, `go on with that comparison by --resume ${dir}, or choose another folder with --out.`);
  // What is wrong with all nets is told at once.
  for (const name of comparison.nets ?? []) makeNet(name, { inChannels: 1, classes: 2 });
  const data = comparedData(comparison);
  writeComparison(dir, comparison);
  return compareAll(dir, comparison, data, run);
}

/**
 * Takes a comparison up: what is finished is read, what is not goes on where it stopped. The results are the same as without a break.
 *
 * @throws CotangentError `compare/absent`, `data/…`.
 */
export async function resumeComparison(dir: string, run: CompareRun): Promise<Compared> {
  const comparison = readComparison(dir);
  return compareAll(dir, comparison, comparedData(comparison), run);
}

async function compareAll(
  dir: string,
  comparison: Comparison,
  data: ComparedData,
  { threads, signal, onOutcome, onProgress }: CompareRun,
): Promise<Compared> {
  const began = performance.now();
  const names = comparison.nets ?? Object.keys(nets);
  const jobs = names.map((name): NetJob => ({ dir: join(dir, name), config: recipeFor(name, comparison) }));
  // Long ones first, so that no thread is left alone with one at the end.
  const open = jobs.toSorted((a, b) => b.config.steps - a.config.steps);
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const outcomes: NetOutcome[] = [];
  const running = new Map<string, Float64Array>();
  let finished = 0;
  const halt = (): void => void Atomics.store(stop, 0, 1);
  if (signal?.aborted === true) halt();
  signal?.addEventListener('abort', halt);
  const note = (outcome: NetOutcome): void => {
    outcomes.push(outcome);
    onOutcome?.(outcome);
  };
  const tell = (): void =>
    onProgress?.({
      done: [...running.values()].reduce((sum, at) => sum + at[0]!, finished),
      total: jobs.reduce((sum, { config }) => sum + config.steps, 0),
      running: [...running].map(([name, at]) => ({ name, step: at[0]!, loss: at[1]! })),
    });
  const timer = setInterval(tell, interval);
  const lane = async (): Promise<void> => {
    const at = new Float64Array(new SharedArrayBuffer(16));
    const start = (): Promise<Conversation<NetJob, NetOutcome>> =>
      converse(new URL('./compare-worker.ts', import.meta.url), { stop, at } satisfies ThreadState);
    let thread: Conversation<NetJob, NetOutcome> | undefined;
    for (let job = open.shift(); job !== undefined; job = open.shift()) {
      const { name } = job.config.net;
      if (Atomics.load(stop, 0) !== 0) {
        note({ kind: 'interrupted', name });
        continue;
      }
      at.fill(0);
      running.set(name, at);
      let outcome: NetOutcome;
      try {
        thread ??= await start();
        outcome = await thread.ask(job);
      } catch (error) {
        // The thread is gone, for want of memory say: the next net gets a new one.
        thread = undefined;
        outcome = { kind: 'failed', name, reason: error instanceof Error ? error.message : String(error) };
      }
      running.delete(name);
      finished += job.config.steps;
      note(outcome);
    }
    await thread?.close();
  };
  try {
    await Promise.all(Array.from({ length: Math.max(1, Math.min(threads, jobs.length)) }, lane));
  } finally {
    clearInterval(timer);
    signal?.removeEventListener('abort', halt);
  }
  return {
    comparison,
    config: jobs[0]!.config,
    data,
    outcomes: ranked(outcomes),
    interrupted: outcomes.some(({ kind }) => kind === 'interrupted'),
    seconds: (performance.now() - began) / 1000,
  };
}

const rank = { measured: 0, failed: 1, interrupted: 2 } as const;

const ranked = (outcomes: readonly NetOutcome[]): NetOutcome[] =>
  outcomes.toSorted((a, b) =>
    a.kind === 'measured' && b.kind === 'measured'
      ? b.net.scores.miou - a.net.scores.miou || (a.net.name < b.net.name ? -1 : 1)
      : rank[a.kind] - rank[b.kind],
  );
