import { CotangentError } from '../../graph/error.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { f64 } from '../../graph/type.ts';
import { spectrumOf } from './spectrum-of.ts';

/** How densely a signal has to be sampled. */
export interface NyquistReport {
  /** The highest frequency that counts, in the unit of the rate. */
  readonly bandLimit: number;
  /** The rate has to be *above* this, twice the band limit: at exactly this rate a sine may be sampled at its zeros. */
  readonly rateAbove: number;
  /** The largest whole factor of downsampling that loses nothing that counts. */
  readonly largestFactor: number;
  /** The share of the energy, without the mean, that lies above the band limit: at most what was asked for. */
  readonly beyond: number;
}

/**
 * The band limit of samples along their last axis, and the least rate that follows (operators.md 27; seeds have ≥ where > holds). The signal is
 * taken for periodic.
 *
 * @param signal `[length]`, or `[rows, length]`, rows being as many signals
 * @param options `rate`: samples per unit, 1 unless given; `tolerance`: the share of the energy that may lie above the limit, 1e-6 unless given
 * @throws CotangentError `nyquist/signal` for less than two samples or more than two axes.
 */
export function nyquistReport(
  signal: NdArray,
  { rate = 1, tolerance = 1e-6 }: { readonly rate?: number; readonly tolerance?: number } = {},
): NyquistReport {
  const length = signal.shape.at(-1) ?? 0;
  if (length < 2 || signal.shape.length > 2)
    throw new CotangentError({
      code: 'nyquist/signal',
      summary: `a signal of shape [${signal.shape}]`,
      fix: 'give two samples or more along one axis, or rows of them.',
    });
  const highest = Math.floor(length / 2);
  const energy = new Array<number>(highest + 1).fill(0);
  for (let start = 0; start < signal.data.length; start += length) {
    const row = array(f64(length), [...signal.data.subarray(start, start + length)]);
    spectrumOf(row).data.forEach((magnitude: number, k: number) => {
      energy[Math.min(k, length - k)]! += magnitude ** 2;
    });
  }
  const total = energy.slice(1).reduce((a, b) => a + b, 0);
  let [limit, beyond] = [highest, 0];
  while (limit > 0 && beyond + energy[limit]! <= tolerance * total) {
    beyond += energy[limit]!;
    limit -= 1;
  }
  const bandLimit = (limit * rate) / length;
  const factors = Array.from({ length }, (_, k) => length - k);
  return {
    bandLimit,
    rateAbove: 2 * bandLimit,
    largestFactor: limit === 0 ? length : factors.find((factor) => rate / factor > 2 * bandLimit)!,
    beyond: total === 0 ? 0 : beyond / total,
  };
}
