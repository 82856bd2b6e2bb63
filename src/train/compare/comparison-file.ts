import { join } from 'node:path';
import * as v from 'valibot';
import { CotangentError } from '../../graph/error.ts';
import { readBytes } from '../../io/read-bytes.ts';
import { writeAtomically } from '../../io/write-atomically.ts';
import { nets } from '../../nn/index.ts';
import type { Comparison } from './recipe.ts';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const schema: v.GenericSchema<unknown, Comparison> = v.strictObject({
  nets: v.exactOptional(v.pipe(v.array(v.picklist(Object.keys(nets))), v.minLength(1))),
  seed: count,
  steps: v.pipe(count, v.minValue(1)),
  dir: v.exactOptional(v.string()),
});

const fileOf = (dir: string): string => join(dir, 'compare.json');

/** Writes what is compared into the folder, so that it can be taken up. */
export const writeComparison = (dir: string, comparison: Comparison): void =>
  writeAtomically(fileOf(dir), `${JSON.stringify(comparison, null, 1)}\n`);

/** @throws CotangentError `compare/absent` where the folder holds no comparison. */
export function readComparison(dir: string): Comparison {
  const file = fileOf(dir);
  try {
    return v.parse(schema, JSON.parse(new TextDecoder().decode(readBytes(file))));
  } catch (cause) {
    throw new CotangentError(
      {
        code: 'compare/absent',
        summary: `${dir} holds no comparison that could go on`,
        details: [`${file}: ${cause instanceof Error ? cause.message.split('\n')[0] : cause}`],
        fix: 'name a folder that `cotangent compare` made, or begin anew without --resume.',
      },
      { cause },
    );
  }
}
