/** Cotangent as one of the frameworks: `child.js --backend wasm --threads 2`. */
import { parseArgs } from 'node:util';
import { serve } from '../protocol/serve.ts';
import { backendOf } from './backends.ts';
import { jobOf } from './job-of.ts';

const { values } = parseArgs({
  options: { backend: { type: 'string' }, threads: { type: 'string' }, cold: { type: 'string' } },
});
const { backend: name = 'wasm', threads = '1' } = values;

await serve({}, (loaded) => jobOf(loaded, backendOf(name, Number(threads))));
