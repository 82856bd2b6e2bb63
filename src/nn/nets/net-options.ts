import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';

/** A whole number of at least 1. */
export const count: v.GenericSchema<number> = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
/** Some of them. */
export const counts: v.GenericSchema<readonly number[]> = v.pipe(v.array(count), v.minLength(1));

/** What most nets are told, as entries of a schema: the channels and classes of data, normalisation, the type of numbers. */
export const dataEntries: {
  readonly inChannels: v.GenericSchema<number>;
  readonly classes: v.GenericSchema<number>;
  readonly norm: v.GenericSchema<unknown, 'none' | 'group'>;
  readonly dtype: v.GenericSchema<unknown, FloatDType>;
} = {
  inChannels: count,
  classes: count,
  norm: v.optional(v.picklist(['none', 'group']), 'none'),
  dtype: v.optional(v.picklist(['f32', 'f64']), 'f32'),
};

/**
 * The options written out, defaults filled in.
 *
 * @throws CotangentError `net/options` for unknown names and values that make no net.
 */
export function netOptions<T>(name: string, schema: v.GenericSchema<unknown, T>, options: unknown): T {
  const result = v.safeParse(schema, options);
  if (result.success) return result.output;
  throw new CotangentError({
    code: 'net/options',
    summary: `${name}: ${result.issues.length === 1 ? 'an option does' : 'some options do'} not make a net`,
    details: result.issues.map((issue) => `${v.getDotPath(issue) ?? 'options'}: ${issue.message}`),
    fix: 'mend or leave out what is named above; sizes, channels and classes are whole numbers of at least 1.',
  });
}
