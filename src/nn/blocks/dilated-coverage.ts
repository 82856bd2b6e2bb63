import { checkedRates } from './checked-rates.ts';

/** What a stack of dilated convolutions reads along one axis; along two, the product of both. */
export interface DilatedCoverage {
  /** On how many ways each input is read by one output, from the first to the last that is: 0 is a hole. */
  readonly hits: readonly number[];
  /** How many inputs of the span are not read. */
  readonly holes: number;
  /** The rates, increasing, as near as can be to the given ones without a hole. */
  readonly dense: readonly number[];
}

/**
 * Exactly which inputs a stack of convolutions of one window and these dilation rates reads (operators.md 58): whether rates are coprime does not
 * tell, (2, 3) and (1, 2, 9) leave holes, (1, 2, 4) and (1, 3, 9) do not.
 *
 * There is no hole iff, in increasing order, no rate exceeds the span of those before it: then the shifted spans meet, and
 * else the inputs next to the last are read by none.
 *
 * @throws CotangentError `block/rates`.
 */
export function dilatedCoverage(window: number, rates: readonly number[]): DilatedCoverage {
  const hits = checkedRates('dilatedCoverage', rates).reduce<readonly number[]>(
    (reads, rate) => spread(reads, window, rate),
    [1],
  );
  let span = 1;
  const dense = rates
    .toSorted((a, b) => a - b)
    .map((rate) => {
      const near = Math.min(rate, span);
      span += (window - 1) * near;
      return near;
    });
  return { hits, holes: hits.filter((count) => count === 0).length, dense };
}

/** Copies of a row of counts, `rate` apart, added up. */
function spread(reads: readonly number[], window: number, rate: number): number[] {
  const sums = new Array<number>(reads.length + (window - 1) * rate).fill(0);
  for (let tap = 0; tap < window; tap++)
    reads.forEach((count, i) => {
      sums[i + tap * rate]! += count;
    });
  return sums;
}
