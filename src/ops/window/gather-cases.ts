import type * as FastCheck from 'fast-check';
import type { Draw } from '../../graph/op.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';

export interface GatherCase {
  readonly lead: Shape;
  /** Axes that positions point into. */
  readonly places: Shape;
  /** Axes that positions stand in. */
  readonly reads: Shape;
  /** Positions from −1 on: with duplicates, and with places that none points to. */
  readonly draw: Draw;
}

/** Random geometry that `gather` and `scatter` share. */
export const gatherCases = (fc: typeof FastCheck): FastCheck.Arbitrary<GatherCase> =>
  fc
    .record({
      lead: fc.array(fc.constantFrom(1, 2, 3, 0), { maxLength: 2 }),
      places: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
      reads: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
    })
    .map((shapes) => ({ ...shapes, draw: { kind: 'integers', low: -1, high: sizeOf(shapes.places) - 1 } }));
