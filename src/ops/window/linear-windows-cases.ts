import type * as FastCheck from 'fast-check';
import type { Case } from '../../graph/op.ts';
import type { LinearWindowsAttributes } from './linear-windows.ts';
import { tableOf } from './weight-table.ts';

/** Random tables along any axis: rows without taps, sources read twice and never, rows that repeat; dyadic weights. */
export const linearWindowsCases = (fc: typeof FastCheck): FastCheck.Arbitrary<Case<'x', LinearWindowsAttributes>> => {
  const side = fc.array(fc.constantFrom(1, 2, 3, 0), { maxLength: 2 });
  return fc
    .record({ before: side, size: fc.integer({ min: 1, max: 9 }), after: side })
    .chain(({ before, size, after }) => {
      const weight = fc.constantFrom(0.25, 0.5, 1, -0.75, 2);
      const rows = fc.array(fc.array(fc.tuple(fc.nat(size - 1), weight), { maxLength: 3 }), {
        minLength: 1,
        maxLength: 6,
      });
      // Windows at a stride and what upsampling does: rows that repeat, so that tables and their transposes are folded.
      const regular = fc
        .record({
          window: fc.integer({ min: 1, max: 3 }),
          stride: fc.integer({ min: 1, max: 2 }),
          copies: fc.constantFrom(1, 2),
        })
        .map(({ window, stride, copies }) =>
          Array.from({ length: Math.floor(Math.max(size - window, 0) / stride) + 1 }, (_, i) =>
            Array.from({ length: copies }, (_, copy) =>
              Array.from({ length: Math.min(window, size) }, (_, k): [number, number] => [
                i * stride + k,
                k + 1 - copy / 2,
              ]),
            ),
          ).flat(),
        );
      return fc.oneof(rows, regular).map((given) => ({
        types: { x: { dtype: 'f64' as const, shape: [...before, size, ...after] } },
        attributes: { axis: before.length, table: tableOf(given) },
      }));
    });
};
