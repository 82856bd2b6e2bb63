import { fail } from '../../graph/error.ts';
import type { PerAxis } from './per-axis.ts';

/**
 * An option that takes real numbers, written out for every axis.
 *
 * @throws CotangentError `option/axes` for the wrong number of values, `option/value` for one below `least`, or equal to it
 * where it is `exclusive`.
 */
export function realPerAxis(
  name: string,
  option: PerAxis,
  rank: number,
  least: number,
  exclusive: boolean,
): readonly number[] {
  const values = typeof option === 'number' ? new Array<number>(rank).fill(option) : option;
  if (values.length !== rank)
    fail('option/axes', `${name} has ${values.length} values for ${rank} axes`, `give one number, or ${rank}.`);
  for (const value of values)
    if (!(Number.isFinite(value) && (exclusive ? value > least : value >= least)))
      fail(
        'option/value',
        `${name} is ${String(value)}`,
        `make it a number ${exclusive ? `above ${least}` : `of at least ${least}`}.`,
      );
  return values;
}
