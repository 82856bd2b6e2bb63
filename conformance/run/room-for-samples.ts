import type { Tensor } from 'cotangent';

/**
 * The most samples per bin and axis to allow for boxes up to four times as long as the image: cases put no bound on
 * their boxes, while the library wants one before it sees them.
 */
export function roomForSamples(x: Tensor, outputSize: number | readonly number[]): { maxSamples: number[] } {
  const bins = typeof outputSize === 'number' ? [outputSize, outputSize] : outputSize;
  return { maxSamples: bins.map((count, k) => Math.ceil((4 * x.shape[k + 2]!) / count) + 1) };
}
