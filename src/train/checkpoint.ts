import * as v from 'valibot';
import { CotangentError } from '../graph/error.ts';
import type { NdArray } from '../graph/nd-array.ts';
import { sameType, showType, type Type } from '../graph/type.ts';
import { readSafetensors } from '../io/safetensors/read-safetensors.ts';
import { writeSafetensors } from '../io/safetensors/write-safetensors.ts';
import { type Progress, progressSchema } from './progress.ts';
import { version } from './version.ts';

/**
 * All that training goes on from, after a number of steps: the parameters and the optimiser's state by name, and what is no tensor.
 * Random numbers, the learning rate and the place in the data are functions of the seed and the step.
 */
export interface Checkpoint {
  readonly step: number;
  readonly tensors: { readonly [name: string]: NdArray };
  /** The losses of the batches of the step that is under way, where steps take several; their gradients are in the tensors. */
  readonly losses?: readonly number[];
  /** Null before the first validation; absent in files of versions that did not store it. */
  readonly progress?: Progress | null | undefined;
}

/** Writes a checkpoint as safetensors, whole or not at all. Equal checkpoints give equal bytes. */
export const writeCheckpoint = (path: string, { step, tensors, losses = [], progress }: Checkpoint): void =>
  writeSafetensors(path, {
    tensors,
    metadata: {
      cotangent: version,
      schema: '1',
      step: `${step}`,
      ...(losses.length === 0 ? {} : { losses: JSON.stringify(losses) }),
      ...(progress === undefined ? {} : { progress: JSON.stringify(progress) }),
    },
  });

const metadataSchema = v.object({
  schema: v.literal('1'),
  step: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)),
  losses: v.exactOptional(v.pipe(v.string(), v.parseJson(), v.array(v.number()))),
  progress: v.exactOptional(v.pipe(v.string(), v.parseJson(), v.nullable(progressSchema))),
});

/**
 * Reads a checkpoint and checks that it holds every tensor expected, each of its type, and no other.
 *
 * @throws CotangentError `io/read`, `safetensors/…`, or `checkpoint/mismatch` naming the tensors at fault.
 */
export function readCheckpoint(path: string, expected: { readonly [name: string]: Type }): Checkpoint {
  const { tensors, metadata } = readSafetensors(path);
  const parsed = v.safeParse(metadataSchema, metadata);
  const faults = [
    ...(parsed.success ? [] : ['its metadata name no step, an unknown schema or damaged progress']),
    ...Object.entries(expected).flatMap(([name, type]) => {
      if (!Object.hasOwn(tensors, name)) return [`missing: ${name} ${showType(type)}`];
      return sameType(type, tensors[name]!)
        ? []
        : [`${name} is ${showType(tensors[name]!)}, the net needs ${showType(type)}`];
    }),
    ...Object.keys(tensors)
      .filter((name) => !Object.hasOwn(expected, name))
      .map((name) => `unknown: ${name}`),
  ];
  if (!parsed.success || faults.length > 0)
    throw new CotangentError({
      code: 'checkpoint/mismatch',
      summary: `${path} does not fit the run's net`,
      details: faults.length > 8 ? [...faults.slice(0, 8), `and ${faults.length - 8} more`] : faults,
      fix: 'use the checkpoint and run.json of one run, unchanged.',
    });
  const { step, losses, progress } = parsed.output;
  return {
    step,
    tensors,
    ...(losses === undefined ? {} : { losses }),
    ...(progress === undefined ? {} : { progress }),
  };
}
