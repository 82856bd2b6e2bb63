import { array, type NdArray } from '../graph/nd-array.ts';
import { f32 } from '../graph/type.ts';

/** Images [C, H, W] of one size as one batch f32[N, C, H, W]. */
export function batchOf(images: readonly NdArray[]): NdArray {
  const batch = array(f32(images.length, ...images[0]!.shape));
  images.forEach((image, n) => {
    batch.data.set(image.data, n * image.data.length);
  });
  return batch;
}

/** Image number n of a batch. */
export function imageOf(batch: NdArray, n: number): NdArray {
  const shape = batch.shape.slice(1);
  const size = batch.data.length / batch.shape[0]!;
  return array({ dtype: batch.dtype, shape }, batch.data.subarray(n * size, (n + 1) * size));
}
