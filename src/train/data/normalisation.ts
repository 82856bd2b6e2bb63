import type { NdArray } from '../../graph/nd-array.ts';
import { array } from '../../graph/nd-array.ts';
import type { Sample } from './dataset.ts';

/** What is subtracted from and divided out of each channel before the net sees it; stored with a run. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Mean and standard deviation per channel over all pixels; a constant channel gets deviation 1. */
export function measureNormalisation(samples: readonly Sample[]): Normalisation {
  const channels = samples[0]!.image.shape[0]!;
  const mean: number[] = [];
  const deviation: number[] = [];
  for (let c = 0; c < channels; c++) {
    let count = 0;
    let sum = 0;
    for (const values of planes(samples, c)) {
      for (const x of values) sum += x;
      count += values.length;
    }
    const centre = sum / count;
    let squares = 0;
    for (const values of planes(samples, c)) for (const x of values) squares += (x - centre) ** 2;
    const spread = Math.sqrt(squares / count);
    mean.push(centre);
    deviation.push(spread > 1e-6 ? spread : 1);
  }
  return { mean, deviation };
}

/** The image with `(x − mean) / deviation` per channel, `f32` of the same shape. */
export function normalise(image: NdArray, normalisation: Normalisation): NdArray {
  const result = array({ dtype: 'f32', shape: image.shape });
  normaliseInto(result.data, image, normalisation);
  return result;
}

/** Writes the normalised image into an array of as many numbers. */
export function normaliseInto(to: NdArray['data'], image: NdArray, { mean, deviation }: Normalisation): void {
  const plane = image.data.length / image.shape[0]!;
  for (let c = 0; c < image.shape[0]!; c++) {
    const [centre, spread] = [mean[c]!, deviation[c]!];
    for (let i = c * plane; i < (c + 1) * plane; i++) to[i] = (image.data[i]! - centre) / spread;
  }
}

function* planes(samples: readonly Sample[], channel: number): Generator<NdArray['data']> {
  for (const { image } of samples) {
    const plane = image.data.length / image.shape[0]!;
    yield image.data.subarray(channel * plane, (channel + 1) * plane);
  }
}
