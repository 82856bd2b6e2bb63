/** A thread that does jobs: one message in, its result out. */
import { parentPort } from 'node:worker_threads';
import type { Job } from './job.ts';
import { runJob } from './run-job.ts';

parentPort!.on('message', (job: Job) => parentPort!.postMessage(runJob(job)));
