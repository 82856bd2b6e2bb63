/** A thread that trains and measures nets: a job in, its outcome out. */
import { parentPort, workerData } from 'node:worker_threads';
import { CotangentError } from '../../graph/error.ts';
import { measureNet } from './measure-net.ts';
import type { NetOutcome } from './measured-net.ts';
import type { NetJob, ThreadState } from './net-job.ts';

const { stop, at } = workerData as ThreadState;

parentPort!.on('message', async (job: NetJob) => parentPort!.postMessage(await outcomeOf(job)));
parentPort!.postMessage('ready');

async function outcomeOf({ dir, config }: NetJob): Promise<NetOutcome> {
  const { name } = config.net;
  const abort = new AbortController();
  try {
    const net = await measureNet(dir, config, {
      signal: abort.signal,
      onStep: ({ step, loss }) => {
        at[0] = step;
        at[1] = loss;
        if (Atomics.load(stop, 0) !== 0) abort.abort();
      },
    });
    return net === undefined ? { kind: 'interrupted', name } : { kind: 'measured', net };
  } catch (error) {
    if (error instanceof CotangentError) return { kind: 'failed', name, reason: error.message };
    return { kind: 'failed', name, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
