import { expect } from 'vitest';
import type { NdArray } from '../../src/graph/index.ts';

/** Fails where an element of some results differs from what `who` gives; zeros of either sign are equal. */
export function expectEqual(ours: readonly NdArray[], theirs: readonly NdArray[], who: string): void {
  for (const [k, { data }] of theirs.entries()) {
    const wrong = data.findIndex((v, i) => ours[k]!.data[i] !== v);
    if (wrong >= 0) expect.fail(`result ${k}, element ${wrong} is ${ours[k]!.data[wrong]}, ${who} ${data[wrong]}`);
  }
}
