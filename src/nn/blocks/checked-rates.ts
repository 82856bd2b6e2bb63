import { CotangentError } from '../../graph/error.ts';

/**
 * Dilation rates as they are.
 *
 * @throws CotangentError `block/rates` without any, or for one that is no whole number of at least 1.
 */
export function checkedRates(block: string, rates: readonly number[]): readonly number[] {
  if (rates.length > 0 && rates.every((rate) => Number.isSafeInteger(rate) && rate >= 1)) return rates;
  throw new CotangentError({
    code: 'block/rates',
    summary: `${block}: [${rates}] are no dilation rates`,
    fix: 'give at least one whole number of 1 or more, such as [1, 2, 4, 8].',
  });
}
