import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import type { SampleAttributes } from '../../warp/sample.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';
import type { Boxes, RegionOptions } from './boxes.ts';
import type { SamplingRule } from './sampled-axis.ts';

/** What all sampling of regions is told. */
export interface SamplingOptions<Size extends PerAxis = PerAxis> extends RegionOptions<Size> {
  /**
   * Samples per bin and axis. With 0 or −1, the default, as many as the bin is long, rounded up: a number that only run
   * time knows.
   */
  readonly samplingRatio?: number;
  /**
   * The most samples per bin and axis that run time may come to; more are refused, fewer cost as much. By default what a
   * box as long as the image needs, and one more.
   */
  readonly maxSamples?: PerAxis;
}

/** The options written out for rows and columns. */
export function samplingRules(
  x: Tensor,
  { bins, scale }: Boxes,
  { samplingRatio = 0, maxSamples }: SamplingOptions,
): Pick<SamplingRule, 'bins' | 'scale' | 'samples' | 'most' | 'size'>[] {
  if (!Number.isSafeInteger(samplingRatio) || samplingRatio < -1)
    fail(
      'region/options',
      `samplingRatio is ${String(samplingRatio)}`,
      'make it a whole number, 0 or −1 for adaptive.',
    );
  const given = maxSamples === undefined ? undefined : perAxis('maxSamples', maxSamples, 2);
  return bins.map((count, k) => {
    const size = x.shape[k + 2]!;
    const most = given?.[k] ?? Math.ceil(size / count) + 1;
    return { bins: count, scale, samples: Math.max(samplingRatio, 0), most, size };
  });
}

/** Reading whole images by number and planes between elements, the border standing outside. */
export const imagePlane: SampleAttributes = {
  axes: [
    { kernel: 'nearest', order: 0, outside: 'zero' },
    { kernel: 'linear', order: 0, outside: 'replicate' },
    { kernel: 'linear', order: 0, outside: 'replicate' },
  ],
};
