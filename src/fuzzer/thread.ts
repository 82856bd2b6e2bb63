import { Worker } from 'node:worker_threads';
import type { Lane } from './in-this-thread.ts';
import type { Job, JobResult } from './job.ts';
import type { Selection } from './selection.ts';

/** A lane in a thread of its own, ready when returned. `flag[0]` other than 0 tells it to stop. */
export async function startThread(selection: Selection, flag: Int32Array): Promise<Lane> {
  const worker = start({ selection, flag });
  let settle: { resolve(message: unknown): void; reject(error: Error): void } | undefined;
  const next = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
    });
  const ready = next();
  worker.on('message', (message) => settle?.resolve(message));
  worker.on('error', (error) => settle?.reject(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => settle?.reject(new Error(`a thread ended with ${code}`)));
  await ready;
  return {
    run: (job: Job) => {
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
