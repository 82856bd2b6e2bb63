import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Compiles sources and bench to plain JavaScript in `bench/.built`: what is measured is what the package ships, not what
 * a loader makes of it.
 *
 * @throws Error where the compiler leaves nothing to run; faults in types alone are only told of.
 */
export function build(tell: (text: string) => void): void {
  const compiler = folder('../node_modules/typescript/bin/tsc');
  rmSync(folder('.built'), { recursive: true, force: true });
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', folder('tsconfig.build.json')], {
    encoding: 'utf8',
  });
  if (status === 0) return;
  if (!existsSync(folder('.built/bench/cotangent/child.js')))
    throw new Error(`the sources do not compile:\n${stdout}${stderr}`);
  tell(`the sources have faults in their types, measured all the same:\n${stdout}`);
}
