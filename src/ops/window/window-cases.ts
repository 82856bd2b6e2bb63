import type * as FastCheck from 'fast-check';
import type { WindowAxis } from './argmax-window.ts';
import { extent } from './extent.ts';

/** A shape, and windows over its last axes. */
export interface WindowCase {
  readonly shape: readonly number[];
  readonly axes: readonly WindowAxis[];
}

/** Random windows over 1 to 3 axes below 0 to 2 leading ones: unequal sizes, strides and paddings, also negative ones. */
export function windowCases(fc: typeof FastCheck): FastCheck.Arbitrary<WindowCase> {
  const axis = fc
    .record({
      length: fc.integer({ min: 1, max: 5 }),
      window: fc.integer({ min: 1, max: 3 }),
      stride: fc.integer({ min: 1, max: 3 }),
      lo: fc.integer({ min: -1, max: 2 }),
      hi: fc.integer({ min: -1, max: 2 }),
      dilation: fc.constantFrom(1, 1, 2),
    })
    // At least one window fits by construction.
    .map((a) => ({ ...a, hi: Math.max(a.hi, extent(a.window, a.dilation) - a.length - a.lo) }));
  return fc
    .record({
      lead: fc.array(fc.constantFrom(1, 2, 2, 0), { maxLength: 2 }),
      axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
    })
    .map(({ lead, axes }) => ({
      shape: [...lead, ...axes.map(({ length }) => length)],
      axes: axes.map(({ window, stride, lo, hi, dilation }) => ({ window, stride, lo, hi, dilation })),
    }));
}
