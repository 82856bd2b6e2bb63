import type { NdArray } from '../graph/nd-array.ts';

/** How near an image is to the true one, in decibels: 10·lg(1 / mean square difference), for values from 0 to 1. ∞ where they are equal. */
export function psnr(image: NdArray, truth: NdArray): number {
  let sum = 0;
  for (let i = 0; i < truth.data.length; i++) sum += (image.data[i]! - truth.data[i]!) ** 2;
  return -10 * Math.log10(sum / truth.data.length);
}
