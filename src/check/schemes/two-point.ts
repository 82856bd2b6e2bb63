import { array, type NdArray } from '../../graph/nd-array.ts';
import { movedBy } from '../compare.ts';
import type { Point } from './scheme.ts';

/** (f(x + ε·v) − f(x − ε·v)) / 2ε: the derivative that most checkers measure. */
export function twoPoint({ at, evaluate }: Point, v: NdArray, eps: number): NdArray {
  const plus = evaluate(movedBy(at, v, eps));
  const minus = evaluate(movedBy(at, v, -eps));
  return array(
    plus,
    Array.from(plus.data, (y, k) => (y - minus.data[k]!) / (2 * eps)),
  );
}
