/** Makes `dist/node`, what the package runs in Node: part of `npm run build`. */
import { fileURLToPath } from 'node:url';
import { bundleForNode } from './bundle/bundle-for-node.ts';

// Programs of threads are found beside what starts them.
await bundleForNode(fileURLToPath(new URL('../dist/node', import.meta.url)), {
  'fuzz-worker': 'src/fuzzer/fuzz-worker.ts',
  'mutants-worker': 'src/fuzzer/mutants-worker.ts',
});
