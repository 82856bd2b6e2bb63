import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CotangentError } from '../graph/error.ts';
import { makeFolder } from './make-folder.ts';
import { reasonOf } from './read-bytes.ts';

/** What the neighbour is called until it is whole: names of files that a killed process may leave. */
const unfinished: RegExp = /\.\d+-[0-9a-f]{8}\.unfinished$/;

/** Whether a file of this name is what a writer left that was killed in the middle. */
export const isUnfinished = (name: string): boolean => unfinished.test(name);

/**
 * Writes a file whole or not at all: into a neighbour first, flushed, then renamed over the old one. Makes missing folders.
 * Not by one `write`: on a disk that fills up that writes a part and reports no error.
 *
 * @throws CotangentError `io/write` naming the file and the reason; what stood there before still stands.
 */
export function writeAtomically(path: string, data: string | Uint8Array): void {
  const random = Math.floor(Math.random() * 2 ** 32).toString(16);
  const neighbour = `${path}.${process.pid}-${random.padStart(8, '0')}.unfinished`;
  try {
    makeFolder(dirname(path));
    try {
      writeFlushed(neighbour, data);
      renameSync(neighbour, path);
    } catch (cause) {
      rmSync(neighbour, { force: true });
      throw cause;
    }
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

function writeFlushed(path: string, data: string | Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    // By its descriptor, Node goes on until all is written.
    writeFileSync(file, data);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
