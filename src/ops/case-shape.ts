import type * as FastCheck from 'fast-check';

/** Small telling shapes: unequal dimensions, now and then of size 1, rarely of size 0. */
export function caseShape(
  fc: typeof FastCheck,
  rank: { readonly min?: number; readonly max?: number } = {},
): FastCheck.Arbitrary<number[]> {
  return fc.array(caseSize(fc), { minLength: rank.min ?? 0, maxLength: rank.max ?? 3 });
}

/** One dimension of such a shape. */
export const caseSize = (fc: typeof FastCheck): FastCheck.Arbitrary<number> =>
  fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 1, max: 4 }) }, { weight: 1, arbitrary: fc.constant(0) });
