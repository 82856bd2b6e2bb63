import { Worker } from 'node:worker_threads';
import { failureId } from './failure-id.ts';
import type { Lane } from './in-this-thread.ts';
import type { Job, JobResult } from './job.ts';
import type { Selection } from './selection.ts';

/**
 * A lane in a thread of its own, ready when returned. `flag[0]` other than 0 tells it to stop. A job that ends its thread
 * is refuted, and the next one gets a new thread.
 */
export async function startThread(selection: Selection, flag: Int32Array): Promise<Lane> {
  let thread = await converse(selection, flag);
  return {
    run: async (job) => {
      const began = performance.now();
      try {
        return await thread.ask(job);
      } catch (error) {
        thread = await converse(selection, flag);
        return fallen(job, error as Error, (performance.now() - began) / 1000);
      }
    },
    close: () => thread.close(),
  };
}

interface Thread {
  ask(job: Job): Promise<JobResult>;
  close(): Promise<void>;
}

async function converse(selection: Selection, flag: Int32Array): Promise<Thread> {
  const worker = start({ selection, flag });
  let settle: { resolve(message: unknown): void; reject(error: Error): void } | undefined;
  const next = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
    });
  const ready = next();
  worker.on('message', (message) => settle?.resolve(message));
  worker.on('error', (error) => settle?.reject(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => settle?.reject(new Error(`the thread ended with ${code}`)));
  await ready;
  return {
    ask: (job) => {
      const answer = next();
      worker.postMessage(job);
      return answer as Promise<JobResult>;
    },
    close: async () => {
      settle = undefined;
      await worker.terminate();
    },
  };
}

/** In a package the program stands beside this one; in a checkout it is TypeScript, and threads do not inherit tsx. */
function start(workerData: object): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./fuzz-worker.js', import.meta.url), { workerData });
  const tsx = import.meta.resolve('tsx/esm/api');
  const program = new URL('./fuzz-worker.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(program)}); });`;
  return new Worker(code, { eval: true, workerData });
}

/** What is known of a job whose thread is gone: which case it was is not. */
const fallen = ({ campaign, seed, path = '0' }: Job, error: Error, seconds: number): JobResult => ({
  campaign,
  cases: 1,
  compared: 0,
  counts: { proved: 0, refuted: 1, inconclusive: 0, missing: 0 },
  covers: {},
  seconds,
  found: [
    {
      id: failureId(campaign, seed, path),
      campaign,
      verdict: 'refuted',
      seed,
      path,
      place: 'a thread ended',
      case: `one of the cases with seed ${seed}`,
      summary: `a case ends its thread: ${error.message}`,
      details: (error.stack ?? '').split('\n').slice(1, 6),
      snippets: [],
    },
  ],
});
