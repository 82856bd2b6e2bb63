import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { CotangentError } from '../graph/error.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import { type CorpusEntry, corpusEntry } from './corpus-entry.ts';
import { slugOf } from './failure-id.ts';

/** Failures in a folder, a file each; what is fixed moves to its subfolder `fixed`. */
export class Corpus {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * All failures that are open.
   *
   * @throws CotangentError `fuzz/corpus` for a file that is none.
   */
  entries(): CorpusEntry[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => read(join(this.folder, name)));
  }

  /** Keeps a failure, in place of one at the same place. */
  save(entry: CorpusEntry): void {
    writeAtomically(join(this.folder, fileOf(entry)), textOf(entry));
  }

  /** Puts a failure aside that is one no longer. */
  fix(entry: CorpusEntry): void {
    writeAtomically(join(this.folder, 'fixed', fileOf(entry)), textOf(entry));
    rmSync(join(this.folder, fileOf(entry)), { force: true });
  }
}

const textOf = (entry: CorpusEntry): string => `${JSON.stringify(entry, undefined, 1)}\n`;

/** One file for each place, whatever seed finds it. */
const fileOf = ({ campaign, place, target = '' }: CorpusEntry): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([campaign, place, target]))
    .digest('hex');
  return `${slugOf(campaign).slice(0, 60)}-${hash.slice(0, 8)}.json`;
};

function read(path: string): CorpusEntry {
  try {
    return v.parse(corpusEntry, JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new CotangentError(
      {
        code: 'fuzz/corpus',
        summary: `${path} is no failure of cotangent fuzz`,
        details: [cause instanceof Error ? cause.message : String(cause)],
        fix: 'delete the file, or name another folder by --corpus.',
      },
      { cause },
    );
  }
}
