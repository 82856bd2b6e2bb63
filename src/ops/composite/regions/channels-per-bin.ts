import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';

/**
 * How many channels of x each of height × width bins has for itself.
 *
 * @throws CotangentError `region/channels` where they cannot be shared out.
 */
export function channelsPerBin(x: Tensor, [height, width]: readonly [number, number]): number {
  const channels = x.shape[1]!;
  if (channels % (height * width) !== 0)
    fail(
      'region/channels',
      `x has ${channels} channels for ${height}×${width} bins`,
      `make them a multiple of ${height * width}: every bin reads channels of its own.`,
    );
  return channels / (height * width);
}
