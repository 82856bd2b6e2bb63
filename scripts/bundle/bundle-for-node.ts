import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Entry points by the names of their files in the bundle. */
type Entries = { readonly [name: string]: string };

/** What `exports` in package.json promises to Node, and the command. */
function entriesOfPackage(): Entries {
  const { exports } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
    readonly exports: { readonly [name: string]: string | { readonly node: string; readonly default: string } };
  };
  const entries: { [name: string]: string } = {
    command: 'src/cli/main.ts',
    // Stand beside the command: its threads start with them.
    'fuzz-worker': 'src/fuzzer/fuzz-worker.ts',
    'compare-worker': 'src/train/compare/compare-worker.ts',
  };
  for (const target of Object.values(exports)) {
    if (typeof target === 'string') continue;
    const name = /^\.\/dist\/node\/([\w-]+)\.js$/.exec(target.node)![1]!;
    entries[name] = target.default.replace(/^\.\/dist\/(.*)\.js$/, 'src/$1.ts');
  }
  return entries;
}

/**
 * Puts the sources together in a few files for Node, which needs longer to find several hundred small ones than to run
 * them. Bundlers for browsers get the small ones: they leave out what is not used.
 *
 * All files lie directly in `folder`, which stands where `dist/node` does: one folder below what counts as the library in
 * call sites, two below package.json. Nothing is minified, so that stacks can be read.
 */
export async function bundleForNode(folder: string, more: Entries = {}): Promise<void> {
  const { outputFiles } = await build({
    write: false,
    absWorkingDir: root,
    entryPoints: { ...entriesOfPackage(), ...more },
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'es2023',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  for (const { path, text } of outputFiles) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, path.endsWith('.js') ? ascii(text) : text);
  }
}

/**
 * One character beyond Latin letters makes the engine keep a file in twice the memory and read it more slowly. In strings
 * they are escaped already; what is left stands in comments and regular expressions.
 */
const ascii = (code: string): string =>
  code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
