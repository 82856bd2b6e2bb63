import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder: string = fileURLToPath(new URL('..', import.meta.url));

interface Manifest {
  readonly version?: string;
  readonly dependencies?: { readonly [name: string]: string };
}

const read = (path: string): Manifest => JSON.parse(readFileSync(path, 'utf8')) as Manifest;

/** Installs the pinned libraries into bench/node_modules where they are not there yet. Libraries that fail stay away. */
export function installPeers(tell: (text: string) => void): void {
  if (missing().length === 0) return;
  tell(`installing ${missing().join(', ')} into bench/node_modules\n`);
  const options = ['ci', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status, stderr, error } = spawnSync('npm', options, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) tell(`npm ci failed: ${error?.message ?? lastLines(stderr)}\n`);
}

/** Which of these libraries are not installed in the version that bench/package.json names. */
export function missing(names?: readonly string[]): readonly string[] {
  const pinned = Object.entries(read(`${folder}/package.json`).dependencies!);
  return pinned
    .filter(([name, version]) => {
      const path = `${folder}/node_modules/${name}/package.json`;
      return names?.includes(name) !== false && !(existsSync(path) && read(path).version === version);
    })
    .map(([name, version]) => `${name}@${version}`);
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-5).join('\n');
