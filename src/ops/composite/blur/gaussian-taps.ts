import { fail } from '../../../graph/error.ts';
import type { PerAxis } from '../per-axis.ts';
import { perAxis } from '../per-axis.ts';
import { realPerAxis } from '../real-per-axis.ts';

/** How wide a Gaussian is and where it is cut off; `sigma` or `kernel` or both, each one number or one per axis. */
export interface GaussianSize {
  /** Standard deviation in elements; by default 0.3·((kernel − 1)/2 − 1) + 0.8, the rule of OpenCV and torchvision. */
  readonly sigma?: PerAxis;
  /** Number of taps, odd; by default 2·⌊truncate · sigma + ½⌋ + 1, the rule of SciPy. */
  readonly kernel?: PerAxis;
  /** Default 4. */
  readonly truncate?: number;
}

/**
 * The taps of a Gaussian for each of `rank` axes: its samples at whole distances, divided by their sum.
 *
 * @throws CotangentError `blur/options` when neither sigma nor kernel is given, or a kernel is even; `option/axes`,
 * `option/value`.
 */
export function gaussianTaps({ sigma, kernel, truncate = 4 }: GaussianSize, rank: number): number[][] {
  if (sigma === undefined && kernel === undefined)
    fail(
      'blur/options',
      'neither sigma nor kernel given',
      'give the width (sigma), the number of taps (kernel), or both.',
    );
  realPerAxis('truncate', truncate, 1, 0, false);
  const counts = kernel === undefined ? undefined : perAxis('kernel', kernel, rank);
  for (const count of counts ?? [])
    if (count % 2 === 0) fail('blur/options', `a Gaussian of ${count} taps has no middle`, 'make kernel odd.');
  const sigmas =
    sigma === undefined
      ? counts!.map((count) => 0.3 * ((count - 1) / 2 - 1) + 0.8)
      : realPerAxis('sigma', sigma, rank, 0, false);
  return sigmas.map((width, i) => {
    const reach = counts === undefined ? Math.floor(truncate * width + 0.5) : (counts[i]! - 1) / 2;
    return samples(width, reach);
  });
}

function samples(sigma: number, reach: number): number[] {
  const raw = Array.from({ length: 2 * reach + 1 }, (_, k) => {
    const distance = k - reach;
    return distance === 0 ? 1 : Math.exp(-(distance * distance) / (2 * sigma * sigma));
  });
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((weight) => weight / sum);
}
