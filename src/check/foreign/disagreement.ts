import type { NdArray } from '../../graph/nd-array.ts';
import { stridesOf } from '../../graph/shape.ts';

/** Where an input's gradient is wrong, and all of both sides. */
export interface Disagreement {
  readonly name: string;
  /** The flat index of the first wrong element. */
  readonly i: number;
  readonly analytic: NdArray;
  readonly numeric: NdArray;
}

/** The flat index of the first element that is further off than allowed; NaN always is, unless both are. */
export function firstDifference(
  a: NdArray,
  b: NdArray,
  tolerance: number | ((i: number) => number),
): number | undefined {
  for (let i = 0; i < a.data.length; i++) {
    const [x, y] = [a.data[i]!, b.data[i]!];
    const allowed = typeof tolerance === 'number' ? tolerance : tolerance(i);
    if (!Object.is(x, y) && !(Math.abs(x - y) <= allowed)) return i;
  }
  return undefined;
}

export const sameShape = (a: NdArray, b: NdArray): boolean =>
  a.shape.length === b.shape.length && a.shape.every((d, i) => d === b.shape[i]);

/** The index along every axis of a flat one: `0,1,2`. */
export function indexText(flat: number, shape: readonly number[]): string {
  const strides = stridesOf(shape);
  return shape.map((extent, axis) => Math.floor(flat / strides[axis]!) % extent).join(',');
}
