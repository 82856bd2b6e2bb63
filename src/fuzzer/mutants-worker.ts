/** A thread that tries mutants: a job in, its result out. */
import { parentPort } from 'node:worker_threads';
import type { MutantJob } from './mutants/mutant-job.ts';
import { runMutantJob } from './mutants/run-mutant-job.ts';

parentPort!.on('message', (job: MutantJob) => parentPort!.postMessage(runMutantJob(job)));
parentPort!.postMessage('ready');
