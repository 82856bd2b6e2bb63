import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CaseFileError } from './case-file.ts';

/** A file of cases, its name without the ending. */
export interface CaseFile {
  readonly file: string;
  readonly path: string;
}

/** The case files of a folder, in order of their names. @throws CaseFileError where there is none. */
export function caseFiles(folder: string): readonly CaseFile[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new CaseFileError(`${folder}: cannot be read: ${(error as Error).message}`);
  }
  const files = names.filter((name) => name.endsWith('.json')).sort();
  if (files.length === 0) throw new CaseFileError(`${folder}: holds no .json files`);
  return files.map((name) => ({ file: basename(name, '.json'), path: join(folder, name) }));
}
