import { readFileSync } from 'node:fs';
import { CotangentError } from '../graph/error.ts';

/**
 * A file's bytes in a buffer of their own (Node's small reads share a pool, which decoders could run past).
 *
 * @throws CotangentError `io/read` naming the file and the reason.
 */
export function readBytes(path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (cause) {
    throw new CotangentError(
      {
        code: 'io/read',
        summary: `cannot read ${path}`,
        details: [reasonOf(cause)],
        fix: 'give the path of an existing file that you may read.',
      },
      { cause },
    );
  }
}

/** The first line of whatever was thrown. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
