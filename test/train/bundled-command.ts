import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles the command into a folder, for processes that can be killed: they start in a fraction of a second. Returns the script. */
export async function bundledCommand(folder: string): Promise<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const outdir = join(folder, 'dist', 'cli');
  mkdirSync(outdir, { recursive: true });
  // The version is read from two folders above.
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  await build({
    entryPoints: [join(root, 'src/cli/main.ts')],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // What only other commands need stays in files of its own, which are not loaded.
    splitting: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
    external: ['fast-check', 'vitest', '@tensorflow/*', '@jax-js/jax'],
    // Some libraries are CommonJS.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
  });
  return join(outdir, 'main.mjs');
}
