import { fail } from '../../graph/error.ts';
import { type PerAxis, pairOf } from './option.ts';

/**
 * An option of whole numbers for both spatial axes.
 *
 * @throws CotangentError `option/value` for one that is not whole, or below 1.
 */
export function wholePair(name: string, option: PerAxis): readonly [number, number] {
  const pair = pairOf(option);
  for (const value of pair)
    if (!Number.isSafeInteger(value) || value < 1)
      fail('option/value', `${name} is ${String(value)}`, `make ${name} a whole number of at least 1.`);
  return pair;
}
