import { array, type NdArray } from '../graph/nd-array.ts';
import { randomStream } from '../nn/index.ts';

/** Random images of a batch, and what belongs to them: the same ones for the same seed and step. */
export function drawBatches(
  seed: number,
  all: { readonly x: NdArray; readonly target: NdArray },
  size: number,
): (step: number) => { readonly x: NdArray; readonly target: NdArray } {
  const of = (values: NdArray, numbers: readonly number[]): NdArray => {
    const each = values.data.length / values.shape[0]!;
    const batch = array({ dtype: values.dtype, shape: [size, ...values.shape.slice(1)] });
    numbers.forEach((number, n) => {
      batch.data.set(values.data.subarray(number * each, (number + 1) * each), n * each);
    });
    return batch;
  };
  return (step) => {
    const { uniform } = randomStream(seed, `batch/${step}`);
    const numbers = Array.from({ length: size }, () => Math.floor(uniform() * all.x.shape[0]!));
    return { x: of(all.x, numbers), target: of(all.target, numbers) };
  };
}
