import { createInterface } from 'node:readline';
import type { Figure } from './figures.ts';
import { memoryOfProcess } from './memory-of-process.ts';
import { answerMark, type Memory, type Prepared, type Request, type Round } from './messages.ts';
import { type Loaded, readWorkload } from './workload-folder.ts';

/** A workload ready to run in some framework. */
export interface Job {
  /** One run, its results computed when the promise resolves. A training step gives its loss. */
  run(): Promise<number> | Promise<void> | number | void;
  /** The results of the last run, and of training the losses so far. */
  figures(losses: readonly number[]): Promise<readonly Figure[]> | readonly Figure[];
  readonly facts?: { readonly [name: string]: string | number };
  close(): void;
}

/** A framework: makes a workload ready, or says why it cannot. */
export type Prepare = (loaded: Loaded) => Promise<Job | string> | Job | string;

/**
 * Answers the bench's questions until it closes the pipe. With `--cold FOLDER` among the arguments it does one run of that
 * workload instead and leaves: what a cold start costs.
 */
export async function serve(versions: { readonly [name: string]: string }, prepare: Prepare): Promise<never> {
  const cold = process.argv.indexOf('--cold');
  if (cold >= 0) {
    const job = await prepare(readWorkload(process.argv[cold + 1]!));
    if (typeof job === 'string') process.exit(3);
    await job.run();
    process.exit(0);
  }
  // What libraries print must not come between the answers.
  console.log = console.error;
  const answer = (value: object): void => void process.stdout.write(`${answerMark}${JSON.stringify(value)}\n`);
  answer({ versions: { node: process.version, ...versions } });
  const answers = answering(prepare);
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      answer(await answers(JSON.parse(line) as Request));
    } catch (error) {
      answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }
  process.exit(0);
}

function answering(prepare: Prepare): (request: Request) => Promise<Prepared | Round | Memory> {
  let job: Job | undefined;
  return async (request) => {
    switch (request.ask) {
      case 'prepare': {
        job?.close();
        job = undefined;
        const loaded = readWorkload(request.folder);
        const made = await prepare(loaded);
        if (typeof made === 'string') return { skipped: made };
        job = made;
        return { figures: await firstFigures(made, loaded.runs), facts: made.facts ?? {} };
      }
      case 'round':
        return { times: await timed(job!, request) };
      case 'memory':
        return memoryOfProcess();
    }
  };
}

async function firstFigures(job: Job, runs: number): Promise<readonly Figure[]> {
  const losses: number[] = [];
  for (let i = 0; i < runs; i++) losses.push((await job.run()) ?? Number.NaN);
  return job.figures(losses);
}

type Span = Extract<Request, { readonly ask: 'round' }>;

async function timed(job: Job, { milliseconds, least, most }: Span): Promise<number[]> {
  const times: number[] = [];
  const start = performance.now();
  for (let now = start; times.length < least || (now - start < milliseconds && times.length < most); ) {
    // A framework that answers at once is not made to wait for the microtask queue.
    const result = job.run();
    if (result instanceof Promise) await result;
    const next = performance.now();
    times.push(next - now);
    now = next;
  }
  return times;
}
