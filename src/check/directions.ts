import { array, type NdArray } from '../graph/nd-array.ts';
import { stridesOf } from '../graph/shape.ts';
import type { Random } from './random.ts';
import { type Region, regionOf } from './regions.ts';

/** What a direction moves. */
export type DirectionKind =
  | 'gaussian'
  | 'rademacher'
  | Region
  | 'last row'
  | 'last column'
  | 'one channel'
  | 'one of the batch'
  | 'one element';

/** Two of each dense kind, then parts: a wrong border vanishes in a sum over everything. */
export const directionKinds: readonly DirectionKind[] = [
  'gaussian',
  'gaussian',
  'rademacher',
  'rademacher',
  'corner',
  'edge',
  'interior',
  'last row',
  'last column',
  'one channel',
  'one of the batch',
  'one element',
];

/**
 * A direction of the kind asked for, made of a dense one whose elements are within what the draw allows and is given in
 * eighths of `unit` at most 8. Undefined where the input has no such part, or only this part.
 */
export function directionOfKind(kind: DirectionKind, dense: NdArray, random: Random): NdArray | undefined {
  switch (kind) {
    case 'gaussian':
      return reweighed(dense, (i) => gaussianEighths(i, random));
    case 'rademacher':
      return reweighed(dense, () => 8);
    default: {
      const isIn = partOf(kind, dense, random);
      const part = array(dense);
      let taken = 0;
      for (let i = 0; i < dense.data.length; i++)
        if (isIn(i)) {
          part.data[i] = dense.data[i]!;
          taken++;
        }
      return taken === 0 || taken === dense.data.length ? undefined : part;
    }
  }
}

/** Elements of new sizes, in eighths of the power of two that is not less than the old ones. */
function reweighed(dense: NdArray, eighths: (i: number) => number): NdArray {
  const weighed = array(dense);
  for (let i = 0; i < dense.data.length; i++) {
    const old = dense.data[i]!;
    // Never longer than the dense one may be: its elements are at most 8 of some power of two.
    weighed.data[i] = (Math.sign(old) * 2 ** Math.floor(Math.log2(Math.abs(old))) * eighths(i)) / 8;
  }
  return weighed;
}

/** 1 to 8: how far a normal deviate lies from 0, cut at two standard deviations. */
function gaussianEighths(i: number, random: Random): number {
  let sum = 0;
  for (let k = 0; k < 12; k++) sum += random.integer(16 * i + k, 0, 4096) / 4096;
  return Math.min(8, Math.max(1, Math.round(4 * Math.abs(sum - 6))));
}

function partOf(
  kind: Exclude<DirectionKind, 'gaussian' | 'rademacher'>,
  { shape, data }: NdArray,
  random: Random,
): (i: number) => boolean {
  const strides = stridesOf(shape);
  const only = (axis: number, at: (size: number) => number): ((i: number) => boolean) => {
    const size = shape[axis];
    if (size === undefined) return () => false;
    const chosen = at(size);
    return (i) => Math.floor(i / strides[axis]!) % size === chosen;
  };
  const any = (size: number): number => random.integer(size, 0, Math.max(0, size - 1));
  const last = (size: number): number => size - 1;
  switch (kind) {
    case 'corner':
    case 'edge':
    case 'interior':
      return (i) => regionOf(i, shape) === kind;
    case 'last row':
      return only(shape.length - 2, last);
    case 'last column':
      return only(shape.length - 1, last);
    case 'one channel':
      return shape.length > 2 ? only(1, any) : () => false;
    case 'one of the batch':
      return only(0, any);
    case 'one element': {
      const chosen = any(data.length);
      return (i) => i === chosen;
    }
  }
}
