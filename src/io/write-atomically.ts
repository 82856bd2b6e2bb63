import { dirname } from 'node:path';
import { writeFileSync } from 'atomically';
import { CotangentError } from '../graph/error.ts';
import { makeFolder } from './make-folder.ts';
import { reasonOf } from './read-bytes.ts';

/**
 * Writes a file whole or not at all: into a neighbour first, flushed, then renamed over the old one. Makes missing folders.
 *
 * @throws CotangentError `io/write` naming the file and the reason; what stood there before still stands.
 */
export function writeAtomically(path: string, data: string | Uint8Array): void {
  try {
    makeFolder(dirname(path));
    writeFileSync(path, data, { timeout: 2000 });
  } catch (cause) {
    throw new CotangentError(
      {
        code: 'io/write',
        summary: `cannot write ${path}`,
        details: [reasonOf(cause)],
        fix: 'choose an output folder that you may write to, on a disk with free space.',
      },
      { cause },
    );
  }
}
