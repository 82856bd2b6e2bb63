import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root: string = fileURLToPath(new URL('../..', import.meta.url));
const here: string = fileURLToPath(new URL('.', import.meta.url));

/** What the compiler said about a folder of sources. */
export interface Verdict {
  /** Messages about the files themselves by `file:line`, each with its explanations, one line apiece. */
  readonly messages: ReadonlyMap<string, string>;
  /** Everything it printed. */
  readonly output: string;
  /** Seconds spent checking, and types instantiated. */
  readonly checkSeconds: number;
  readonly instantiations: number;
}

/** Sources in a folder of their own beside the tests; hidden, so that nothing else picks them up. */
export interface Folder {
  readonly path: string;
  write(name: string, source: string): void;
  remove(): void;
}

export function folder(): Folder {
  mkdirSync(here, { recursive: true });
  const path = mkdtempSync(join(here, '.programs-'));
  return {
    path,
    write: (name, source) => writeFileSync(join(path, name), source),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

/** Checks files with the project's own compiler and options; paths are relative to the folder. */
export function typeCheck({ path, write }: Folder, files: readonly string[]): Verdict {
  const compilerOptions = { declaration: false, isolatedDeclarations: false, noUnusedLocals: false };
  write('tsconfig.json', JSON.stringify({ extends: '../../../tsconfig.json', compilerOptions, include: [], files }));
  const arguments_ = ['-p', join(path, 'tsconfig.json'), '--extendedDiagnostics', '--pretty', 'false'];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), ...arguments_],
    {
      encoding: 'utf8',
      cwd: path,
      maxBuffer: 1 << 28,
    },
  );
  const output = stdout + stderr;
  const figure = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(output)?.[1] ?? Number.NaN);
  const names = files.map((file) => basename(file));
  return {
    messages: new Map([...messagesOf(output)].filter(([at]) => names.includes(at.split(':')[0]!))),
    output,
    checkSeconds: figure('Check time'),
    instantiations: figure('Instantiations'),
  };
}

function messagesOf(output: string): Map<string, string> {
  const messages = new Map<string, string>();
  let place: string | undefined;
  for (const line of output.split('\n')) {
    const start = /^([^\s(]+)\((\d+),\d+\): (error .*)$/.exec(line);
    if (start !== null) {
      place = `${start[1]!.replace(/^.*[/\\]/, '')}:${start[2]}`;
      messages.set(place, [messages.get(place), start[3]].filter((s) => s !== undefined).join('\n'));
    } else if (place !== undefined && /^\s/.test(line)) messages.set(place, `${messages.get(place)}\n${line}`);
    else place = undefined;
  }
  return messages;
}
