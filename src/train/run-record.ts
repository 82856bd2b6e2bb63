import * as v from 'valibot';
import { CotangentError } from '../graph/error.ts';
import { readBytes } from '../io/read-bytes.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import { configSchema, type TrainConfig } from './config.ts';
import type { ClassMap } from './data/class-map.ts';
import type { Normalisation } from './data/normalisation.ts';
import { runFiles } from './run-folder.ts';

/** What `run.json` holds: all that a checkpoint's numbers need to be used or trained further. Written once, before training. */
export interface RunRecord {
  readonly schema: 1;
  /** Version of the package that began the run. */
  readonly cotangent: string;
  /** ISO time. */
  readonly created: string;
  readonly config: TrainConfig;
  readonly data: {
    readonly name: string;
    readonly channels: 1 | 3;
    readonly classNames: readonly string[];
    readonly classMap: ClassMap;
    readonly training: readonly string[];
    readonly validation: readonly string[];
    /** SHA-256 over all samples. */
    readonly fingerprint: string;
  };
  readonly normalisation: Normalisation;
}

const byte = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255));
const names = v.array(v.string());
const recordSchema: v.GenericSchema<unknown, RunRecord> = v.strictObject({
  schema: v.literal(1),
  cotangent: v.string(),
  created: v.string(),
  config: configSchema,
  data: v.strictObject({
    name: v.string(),
    channels: v.picklist([1, 3]),
    classNames: names,
    classMap: v.strictObject({
      kind: v.picklist(['palette', 'grey', 'rgb']),
      codes: v.pipe(v.array(v.pipe(v.number(), v.integer())), v.minLength(2)),
      ignore: v.exactOptional(v.pipe(v.number(), v.integer())),
      palette: v.exactOptional(v.array(v.strictTuple([byte, byte, byte]))),
    }),
    training: names,
    validation: names,
    fingerprint: v.string(),
  }),
  normalisation: v.strictObject({ mean: v.array(v.number()), deviation: v.array(v.number()) }),
});

/**
 * Reads and checks a run's `run.json`.
 *
 * @throws CotangentError `run/record` naming the field at fault, or `run/absent` when the folder holds no run.
 */
export function readRunRecord(dir: string): RunRecord {
  const { record: path } = runFiles(dir);
  let text: string;
  try {
    text = new TextDecoder().decode(readBytes(path));
  } catch (cause) {
    throw new CotangentError(
      {
        code: 'run/absent',
        summary: `${dir} holds no run`,
        details: [`cannot read ${path}`],
        fix: 'name a folder that `cotangent train` made.',
      },
      { cause },
    );
  }
  const parsed = v.safeParse(v.pipe(v.string(), v.rawTransform(parseJson), recordSchema), text);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const at = v.getDotPath(issue);
  throw new CotangentError({
    code: 'run/record',
    summary: `${path} is not a sound run record`,
    details: [`${at === null ? '' : `${at}: `}${issue.message}`],
    fix: 'restore the file from a copy, or train anew into another folder.',
  });
}

/** Writes a run's `run.json` atomically. */
export const writeRunRecord = (dir: string, record: RunRecord): void =>
  writeAtomically(runFiles(dir).record, `${JSON.stringify(record, null, 2)}\n`);

function parseJson({ dataset, addIssue, NEVER }: v.RawTransformContext<string>): unknown {
  try {
    return JSON.parse(dataset.value);
  } catch {
    addIssue({ message: 'it is not JSON' });
    return NEVER;
  }
}
