import { copyFileSync, linkSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CotangentError } from '../graph/error.ts';
import type { Type } from '../graph/type.ts';
import { reasonOf } from '../io/read-bytes.ts';
import { isUnfinished } from '../io/write-atomically.ts';
import { type Checkpoint, readCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { hasFile, type RunFiles } from './run-folder.ts';

/** Writes a run's checkpoint; the one before stays as the previous one. At no moment is there none. */
export function saveCheckpoint(files: Pick<RunFiles, 'checkpoint' | 'previous'>, checkpoint: Checkpoint): void {
  if (hasFile(files.checkpoint)) {
    try {
      rmSync(files.previous, { force: true });
      // A second name for the same bytes, which the new file does not touch.
      linkSync(files.checkpoint, files.previous);
    } catch {
      copyOrLeave(files);
    }
  }
  writeCheckpoint(files.checkpoint, checkpoint);
}

/** For file systems without links. On a full disk the previous checkpoint is done without. */
function copyOrLeave({ checkpoint, previous }: Pick<RunFiles, 'checkpoint' | 'previous'>): void {
  try {
    copyFileSync(checkpoint, previous);
  } catch {
    rmSync(previous, { force: true });
  }
}

/** A checkpoint, and why it is not the newest, if it is not. */
export interface Loaded {
  readonly checkpoint: Checkpoint;
  readonly notice?: string;
}

/**
 * The newest sound checkpoint of a run; undefined when there is none yet. A damaged one is passed over for the previous one.
 *
 * @throws CotangentError `io/read`, `safetensors/…` or `checkpoint/mismatch` of the newest when no other is sound.
 */
export function loadCheckpoint(
  files: Pick<RunFiles, 'checkpoint' | 'previous'>,
  expected: { readonly [name: string]: Type },
): Loaded | undefined {
  if (!hasFile(files.checkpoint) && !hasFile(files.previous)) return undefined;
  try {
    return { checkpoint: readCheckpoint(files.checkpoint, expected) };
  } catch (error) {
    if (!(error instanceof CotangentError) || !hasFile(files.previous)) throw error;
    let checkpoint: Checkpoint;
    try {
      checkpoint = readCheckpoint(files.previous, expected);
    } catch {
      throw error;
    }
    return {
      checkpoint,
      notice: `${files.checkpoint} is damaged (${reasonOf(error)}): going back to the checkpoint before it, after step ${checkpoint.step}`,
    };
  }
}

/** Removes what a killed process left half-written in a run's folders. */
export function removeUnfinished({ record, overlays }: Pick<RunFiles, 'record' | 'overlays'>): void {
  for (const dir of [dirname(record), overlays]) {
    let names: string[];
    try {
      names = readdirSync(dir);
    } catch {
      continue;
    }
    for (const name of names) if (isUnfinished(name)) rmSync(join(dir, name), { force: true });
  }
}
