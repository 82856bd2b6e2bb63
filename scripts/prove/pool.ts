import { Worker } from 'node:worker_threads';
import type { Job, JobResult } from './job.ts';

/** Has jobs done by `threads` threads, as fast as they come; `next` says what to do, until there is nothing more. */
export async function workOff(
  threads: number,
  next: () => Job | undefined,
  done: (result: JobResult) => void,
): Promise<void> {
  await Promise.all(Array.from({ length: threads }, () => workOffByOne(next, done)));
}

async function workOffByOne(next: () => Job | undefined, done: (result: JobResult) => void): Promise<void> {
  const first = next();
  if (first === undefined) return;
  const worker = new Worker(new URL('./worker.js', import.meta.url));
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', (code) => reject(new Error(`a thread ended with ${code}`)));
      worker.on('message', (result: JobResult) => {
        done(result);
        const job = next();
        if (job === undefined) resolve();
        else worker.postMessage(job);
      });
      worker.postMessage(first);
    });
  } finally {
    await worker.terminate();
  }
}
