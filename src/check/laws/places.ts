import type { NdArray } from '../../graph/nd-array.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';

/** Every index into an array of this shape, in row-major order. */
export function* placesOf(shape: Shape): Generator<number[]> {
  const total = sizeOf(shape);
  for (let flat = 0; flat < total; flat++) {
    const place: number[] = [];
    let rest = flat;
    for (const size of shape.toReversed()) {
      place.unshift(rest % size);
      rest = Math.floor(rest / size);
    }
    yield place;
  }
}

/** The element at a place, 0 outside. */
export function readAt({ shape, data }: Pick<NdArray, 'shape' | 'data'>, place: readonly number[]): number {
  if (place.some((i, axis) => i < 0 || i >= shape[axis]!)) return 0;
  return data[place.reduce((flat, i, axis) => flat * shape[axis]! + i, 0)]!;
}

/** An array in row-major order, each element found from its place. */
export const tabulate = (shape: Shape, element: (place: readonly number[]) => number): number[] =>
  Array.from(placesOf(shape), element);

/** The sum over all places of a shape. */
export function sumOver(shape: Shape, term: (place: readonly number[]) => number): number {
  let sum = 0;
  for (const place of placesOf(shape)) sum += term(place);
  return sum;
}
