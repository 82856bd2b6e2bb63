/** Makes `dist/node`, what the package runs in Node: part of `npm run build`. */
import { fileURLToPath } from 'node:url';
import { bundleForNode } from './bundle/bundle-for-node.ts';

await bundleForNode(fileURLToPath(new URL('../dist/node', import.meta.url)));
