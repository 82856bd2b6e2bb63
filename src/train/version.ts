import { readFileSync } from 'node:fs';
import * as v from 'valibot';

// The same relative place from src/train and dist/train.
const manifest = v.parse(
  v.object({ version: v.string() }),
  JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')),
);

/** This package's version, for run records and `--version`. */
export const version: string = manifest.version;
