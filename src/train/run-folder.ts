import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { CotangentError } from '../graph/error.ts';
import { reasonOf } from '../io/read-bytes.ts';

/** The files of a run folder. */
export interface RunFiles {
  /** Configuration, classes, normalisation. */
  readonly record: string;
  /** Parameters and optimiser state after the last saved step. */
  readonly checkpoint: string;
  /** The checkpoint before that, for when the last one is damaged. */
  readonly previous: string;
  /** The same after the epoch with the best score. */
  readonly best: string;
  /** One JSON object per step and per epoch. */
  readonly log: string;
  /** Folder of pictures: image, truth, prediction. */
  readonly overlays: string;
  /** The page that `reportRun` writes. */
  readonly report: string;
}

/** Where a run keeps its files. */
export const runFiles = (dir: string): RunFiles => ({
  record: join(dir, 'run.json'),
  checkpoint: join(dir, 'checkpoint.safetensors'),
  previous: join(dir, 'checkpoint.previous.safetensors'),
  best: join(dir, 'best.safetensors'),
  log: join(dir, 'log.jsonl'),
  overlays: join(dir, 'overlays'),
  report: join(dir, 'report.html'),
});

/**
 * Checks before any work that a folder can be made and filled: it does not exist or is empty, and the nearest folder above it that
 * exists may be written to. Changes nothing.
 *
 * @throws CotangentError `output/occupied` or `output/unwritable`.
 */
export function checkOutputFolder(dir: string, cure: string): void {
  const entries = entriesOf(dir);
  if (entries !== undefined && entries.length > 0)
    throw new CotangentError({
      code: 'output/occupied',
      summary: `${dir} exists and is not empty`,
      details: [`it holds ${entries.slice(0, 6).join(', ')}${entries.length > 6 ? ', …' : ''}`],
      fix: cure,
    });
  let existing = resolve(dir);
  while (statSync(existing, { throwIfNoEntry: false }) === undefined && dirname(existing) !== existing)
    existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK | constants.X_OK);
  } catch (cause) {
    refuseUnwritable(dir, reasonOf(cause), cause);
  }
}

function entriesOf(dir: string): string[] | undefined {
  try {
    return statSync(dir, { throwIfNoEntry: false }) === undefined ? undefined : readdirSync(dir);
  } catch (cause) {
    refuseUnwritable(dir, reasonOf(cause), cause);
  }
}

function refuseUnwritable(dir: string, reason: string, cause: unknown): never {
  throw new CotangentError(
    {
      code: 'output/unwritable',
      summary: `${dir} cannot be made or written to`,
      details: [reason],
      fix: 'choose another folder with --out.',
    },
    { cause },
  );
}

/** Whether there is a file of this name; what cannot be looked at is none. */
export function hasFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}
