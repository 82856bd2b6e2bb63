/** A thread that tries cases: a job in, its result out. */
import { parentPort, workerData } from 'node:worker_threads';
import { campaignsFor } from './campaigns-for.ts';
import { inThisThread } from './in-this-thread.ts';
import type { Job } from './job.ts';
import type { Selection } from './selection.ts';

const { selection, flag } = workerData as { readonly selection: Selection; readonly flag: Int32Array };
const { run } = inThisThread(await campaignsFor(selection), () => Atomics.load(flag, 0) !== 0);
parentPort!.on('message', async (job: Job) => parentPort!.postMessage(await run(job)));
parentPort!.postMessage('ready');
