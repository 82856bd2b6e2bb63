import type { NdArray } from '../../graph/nd-array.ts';
import type { Shape } from '../../graph/shape.ts';
import { roundHalfEven } from '../pointwise/round.ts';
import { weightsOf, widthOf } from './interpolation.ts';
import { inside } from './outside.ts';
import type { SampleAxis } from './sample.ts';

/** What every position of one sample reads: `width` elements each, one position after the other. */
export interface Taps {
  readonly width: number;
  /** Flat places in a plane; −1 for none. */
  readonly at: Int32Array;
  readonly weight: Float64Array;
}

/** The elements that the positions p[b, axis, m] of sample b read in a plane of the given size, with their weights. */
export function tapsOf(p: NdArray, b: number, size: Shape, axes: readonly SampleAxis[]): Taps {
  const count = p.shape[2]!;
  const width = axes.reduce((product, { kernel }) => product * widthOf(kernel), 1);
  const taps = { width, at: new Int32Array(count * width), weight: new Float64Array(count * width).fill(1) };
  let known = 1;
  axes.forEach((axis, k) => {
    multiply(
      taps,
      known,
      axis,
      size[k]!,
      p.data.subarray((b * axes.length + k) * count, (b * axes.length + k + 1) * count),
    );
    known *= widthOf(axis.kernel);
  });
  return taps;
}

/** The places that all positions of a batch read: they change where a position passes into another cell. */
export const placesOf = (p: NdArray, size: Shape, axes: readonly SampleAxis[]): number[] =>
  Array.from({ length: p.shape[0]! }, (_, b) => [...tapsOf(p, b, size, axes).at]).flat();

/** How far a kernel reaches along an axis of `size` elements, and where what is outside stands. */
export const supportAlong = (axis: SampleAxis, size: number): { radius: number; place(at: number): number } => ({
  radius: widthOf(axis.kernel) / 2,
  place: (at) => inside(at, size, axis.outside),
});

/** Combines the `known` taps that each position has by now with those of one more axis. */
function multiply(taps: Taps, known: number, axis: SampleAxis, size: number, positions: ArrayLike<number>): void {
  const { width, at, weight } = taps;
  const { first, polynomials } = weightsOf(axis.kernel, axis.order);
  const more = polynomials.length;
  const places = new Int32Array(more);
  const weights = new Float64Array(more);
  for (let m = 0; m < positions.length; m++) {
    const position = positions[m]!;
    const cell = axis.kernel === 'nearest' ? nearest(position, size, axis) : Math.floor(position);
    // At the very end of a kernel's reach its value is zero, and so, by contract, are all derivatives.
    const missed = axis.outside === 'zero' && more > 1 && position <= -more / 2;
    for (let d = 0; d < more; d++) {
      places[d] = missed ? -1 : element(cell + first + d, size, axis);
      weights[d] = valueAt(polynomials[d]!, position - cell);
    }
    // Backwards, so that no tap is overwritten before it has been combined.
    for (let j = known - 1; j >= 0; j--) {
      const place = at[m * width + j]!;
      const factor = weight[m * width + j]!;
      const to = m * width + j * more;
      for (let d = more - 1; d >= 0; d--) {
        at[to + d] = place < 0 || places[d]! < 0 ? -1 : place * size + places[d]!;
        weight[to + d] = factor * weights[d]!;
      }
    }
  }
}

/** The element nearest to a position, mirrored before it is rounded; of two equally near ones the even one. */
const nearest = (position: number, size: number, { outside }: SampleAxis): number =>
  roundHalfEven(position >= 0 && position < size ? position : inside(position, size, outside));

/** The place of a whole position inside the axis, or −1; the first place for what is not a number, to weigh it with NaN. */
function element(at: number, size: number, { outside }: SampleAxis): number {
  if (at >= 0 && at < size) return at;
  const place = inside(at, size, outside);
  if (place >= 0 && place < size) return place;
  return Number.isNaN(at) && size > 0 ? 0 : -1;
}

/** A polynomial's value; the constant term first. */
export function valueAt(polynomial: readonly number[], t: number): number {
  if (Number.isNaN(t)) return t;
  let value = 0;
  for (let i = polynomial.length - 1; i >= 0; i--) value = value * t + polynomial[i]!;
  return value;
}
