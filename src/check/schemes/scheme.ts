import type { NdArray } from '../../graph/nd-array.ts';

/** Cotangents of a function's result to cotangents of one of its inputs. */
export type Pullback = (u: NdArray) => NdArray;

/** A function of one input, and where its derivative is asked for. */
export interface Point {
  readonly at: NdArray;
  evaluate(value: NdArray): NdArray;
}

/** How others hold a gradient against a numeric one: measured once at a point, then asked about one claim or many. */
export interface Scheme {
  readonly name: string;
  /** @returns whether a pullback is accepted as the function's. */
  measure(point: Point): (pull: Pullback) => boolean;
}

/** A row of the Jacobian: what is claimed of the k-th result alone; `y` is written to. */
export function rowOf(pull: Pullback, y: NdArray, k: number): NdArray {
  const { data } = y;
  data.fill(0);
  data[k] = 1;
  return pull(y);
}
