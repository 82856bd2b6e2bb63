import { fail } from '../../graph/error.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import { sizeOf, stridesOf } from '../../graph/shape.ts';
import { beats } from '../reduce/beats.ts';
import { sumsOf } from '../reduce/sums-of.ts';

/** Fills y[K,C] with the flat positions of the maxima of x[N,C,…] in boxes [K,1+2·axes]. */
export function boxMaxima(x: NdArray, box: NdArray, y: NdArray): void {
  const [images, channels, ...size] = x.shape as readonly [number, number, ...number[]];
  const plane = sizeOf(size);
  const width = 1 + 2 * size.length;
  for (let k = 0; k * width < box.data.length; k++) {
    const [n, ...bounds] = box.data.subarray(k * width, (k + 1) * width);
    if (n! < 0 || n! >= images)
      fail('argmax-box/image', `box ${k} is in image ${n}, x has ${images}`, `use images 0 to ${images - 1}.`);
    const places = placesIn(size, bounds);
    for (let c = 0; c < channels; c++) y.data[k * channels + c] = best(x.data, (n! * channels + c) * plane, places);
  }
}

/** The flat places of a box in a plane, row-major, as far as they are inside. */
function placesIn(size: readonly number[], bounds: readonly number[]): Int32Array {
  const strides = stridesOf(size);
  return sumsOf(
    size.map((length, axis) => {
      const from = Math.max(bounds[2 * axis]!, 0);
      const count = Math.max(Math.min(bounds[2 * axis + 1]!, length) - from, 0);
      return Int32Array.from({ length: count }, (_, i) => (from + i) * strides[axis]!);
    }),
  );
}

function best(x: ArrayLike<number>, base: number, places: Int32Array): number {
  let at = -1;
  let value = 0;
  for (const place of places) {
    const next = x[base + place]!;
    if (at >= 0 && !beats(next, value, 'first')) continue;
    at = base + place;
    value = next;
  }
  return at;
}
