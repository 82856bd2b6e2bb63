import type { Arrays } from '../../backends/backend.ts';
import type { Node } from '../../graph/graph.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import type { Failure } from '../fuzz/campaign.ts';

/** A value that is not what it should be. */
export interface Difference {
  /** The node at fault, where it is known. */
  readonly node?: Node;
  readonly at: number;
  readonly value: number;
  readonly expected: number;
  readonly details: readonly string[];
  readonly compared?: Failure['compared'];
}

/** The first element that is not the same bits; NaNs are one. */
export function firstDifference(ours: Arrays, theirs: Arrays): Difference | undefined {
  for (const [name, expected] of Object.entries(theirs)) {
    const value = ours[name]!;
    const at = firstOf(value, expected);
    if (at < 0) continue;
    return {
      at,
      value: value.data[at]!,
      expected: expected.data[at]!,
      details: [`result ${name}, element ${at}: ${value.data[at]} instead of ${expected.data[at]}`],
      compared: { of: name, analytic: value, numeric: expected },
    };
  }
  return undefined;
}

function firstOf(ours: NdArray, theirs: NdArray): number {
  for (let i = 0; i < theirs.data.length; i++) if (!Object.is(ours.data[i], theirs.data[i])) return i;
  return -1;
}
