/** Many steps of a training workload: `steps-child.js --folder W9 --steps 100000 --backend wasm --threads 2`. */
import { parseArgs } from 'node:util';
import { readWorkload } from '../protocol/workload-folder.ts';
import { backendOf } from './backends.ts';
import { jobOf } from './job-of.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { folder: text, steps: text, backend: text, threads: text } });
const steps = Number(values.steps);
const job = jobOf(readWorkload(values.folder!), backendOf(values.backend!, Number(values.threads)));
const lines = 20;
let loss = Number.NaN;
for (let step = 1; step <= steps; step++) {
  loss = (await job.run()) ?? Number.NaN;
  if (step % Math.max(1, Math.floor(steps / lines)) !== 0 && step !== steps) continue;
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  process.stdout.write(`${JSON.stringify({ step, loss, rss, heapUsed, arrayBuffers, arena: job.facts?.bytes })}\n`);
}
job.close();
process.exit(0);
