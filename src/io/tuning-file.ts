import { existsSync } from 'node:fs';
import { CotangentError } from '../graph/error.ts';
import { readBytes, reasonOf } from './read-bytes.ts';
import { writeAtomically } from './write-atomically.ts';

/** What the compiled backend has measured, for `wasmWith({ tune })`, in a file. */
export interface TuningFile {
  get(key: string): string | undefined;
  set(key: string, choice: string): void;
  /** Writes the file, whole or not at all, if anything is new. */
  save(): void;
}

const format = 'cotangent tuning 1';

/**
 * Reads what was measured before; a file that does not exist yet knows nothing. It belongs to the machine: measure anew on
 * another one.
 *
 * @throws CotangentError `io/read`, or `tuning/file` for a file that holds something else; `save` throws `io/write`.
 */
export function tuningFile(path: string): TuningFile {
  const choices = existsSync(path) ? read(path) : new Map<string, string>();
  let isNew = false;
  return {
    get: (key) => choices.get(key),
    set: (key, choice) => {
      choices.set(key, choice);
      isNew = true;
    },
    save: () => {
      if (!isNew) return;
      const sorted = Object.fromEntries([...choices].sort(([a], [b]) => (a < b ? -1 : 1)));
      writeAtomically(path, `${JSON.stringify({ format, choices: sorted }, null, 1)}\n`);
      isNew = false;
    },
  };
}

function read(path: string): Map<string, string> {
  const text = new TextDecoder().decode(readBytes(path));
  try {
    const { format: found, choices } = JSON.parse(text) as { readonly format?: unknown; readonly choices?: unknown };
    if (found !== format) throw new Error(`its format is ${JSON.stringify(found)}, not ${JSON.stringify(format)}`);
    if (typeof choices !== 'object' || choices === null) throw new Error('it lists no choices');
    return new Map(
      Object.entries(choices).map(([key, choice]: [string, unknown]) => {
        if (typeof choice !== 'string') throw new Error(`${JSON.stringify(key)} chooses ${JSON.stringify(choice)}`);
        return [key, choice];
      }),
    );
  } catch (cause) {
    throw new CotangentError(
      {
        code: 'tuning/file',
        summary: `${path} does not hold what was measured`,
        details: [reasonOf(cause)],
        fix: 'delete it, and it is measured and written anew; or name another file.',
      },
      { cause },
    );
  }
}
