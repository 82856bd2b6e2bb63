import type { NdArray } from '../../graph/nd-array.ts';
import { randomStream } from '../../nn/random.ts';
import type { Tone } from './window.ts';

/**
 * Changes an image in place: `x ↦ m + contrast · (x^gamma − m) + brightness + noise`, m the mean of `x^gamma` over all channels. Values
 * below zero, which no image from a file has, keep away from the power. Nothing is cut off at 0 or 1.
 */
export function changeTone({ data }: NdArray, { brightness, contrast, gamma, noise, seed }: Tone): void {
  if (gamma !== 1) for (let i = 0; i < data.length; i++) if (data[i]! > 0) data[i] = data[i]! ** gamma;
  let sum = 0;
  if (contrast !== 1) for (let i = 0; i < data.length; i++) sum += data[i]!;
  const offset = (1 - contrast) * (sum / data.length) + brightness;
  const draw = randomStream(seed, 'noise');
  for (let i = 0; i < data.length; i++)
    data[i] = contrast * data[i]! + offset + (noise === 0 ? 0 : noise * draw.normal());
}
