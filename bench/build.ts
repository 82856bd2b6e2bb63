import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleForNode } from '../scripts/bundle/bundle-for-node.ts';

/** Programs that are started by name, and what those of other frameworks import. */
const programs = ['cotangent/child', 'cotangent/steps-child', 'protocol/figures', 'protocol/serve'];

/**
 * Makes plain JavaScript of sources and bench, in `bench/.built`, in the same few files that the package has for Node: what
 * is measured is what is shipped, not what a loader makes of it. Types are not looked at.
 */
export async function build(): Promise<void> {
  const folder = fileURLToPath(new URL('.built', import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  await bundleForNode(folder, Object.fromEntries(programs.map((name) => [`bench/${name}`, `bench/${name}.ts`])));
}
