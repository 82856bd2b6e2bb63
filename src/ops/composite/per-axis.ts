import { fail } from '../../graph/error.ts';

/** One number for all spatial axes, or one per axis, outermost first. */
export type PerAxis = number | readonly number[];

/**
 * An option written out for every spatial axis.
 *
 * @throws CotangentError `option/axes` for the wrong number of values, `option/value` for one that is not a whole
 * number of at least `least`.
 */
export function perAxis(name: string, option: PerAxis, rank: number, least = 1): number[] {
  const values = typeof option === 'number' ? new Array<number>(rank).fill(option) : [...option];
  if (values.length !== rank)
    fail(
      'option/axes',
      `${name} has ${values.length} values for ${rank} spatial axes`,
      `give one number, or ${rank} of them, outermost axis first.`,
    );
  for (const value of values)
    if (!Number.isSafeInteger(value) || value < least)
      fail('option/value', `${name} is ${String(value)}`, `make ${name} a whole number of at least ${least}.`);
  return values;
}
