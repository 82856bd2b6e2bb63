import { array, type NdArray } from '../../graph/nd-array.ts';

/**
 * An image [1, 3, H, W] with every channel brought to mean 0.5 and deviation 0.2. Images of the same levels differ in
 * structure alone, which is what content and style should quarrel about, not how bright it is.
 */
export function levelled(image: NdArray): NdArray {
  const result = array(image, image.data);
  const plane = image.shape[2]! * image.shape[3]!;
  for (let from = 0; from < image.data.length; from += plane) {
    const values = result.data.subarray(from, from + plane);
    let [sum, squares] = [0, 0];
    for (const value of values) {
      sum += value;
      squares += value * value;
    }
    const mean = sum / plane;
    const deviation = Math.sqrt(Math.max(squares / plane - mean * mean, 1e-12));
    for (let i = 0; i < plane; i++) values[i] = 0.5 + (0.2 / deviation) * (values[i]! - mean);
  }
  return result;
}
