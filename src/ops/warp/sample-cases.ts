import type * as FastCheck from 'fast-check';
import type { Draw } from '../../graph/op.ts';
import type { Shape } from '../../graph/shape.ts';
import { caseSize } from '../case-shape.ts';
import { highestOrder, type Interpolation } from './interpolation.ts';
import { outsides } from './outside.ts';
import type { SampleAxis } from './sample.ts';

export interface SampleCase {
  readonly batch: number;
  readonly channels: number;
  readonly size: Shape;
  readonly count: number;
  readonly axes: readonly SampleAxis[];
  /** Positions inside cells, some of them outside the plane. */
  readonly draw: Draw;
}

interface AxisCase extends SampleAxis {
  readonly size: number;
}

/**
 * Random geometry that `sample` and `splat` share: 1 to 3 axes of mixed kernels, at most one of them cubic. The product
 * of two cubic polynomials has more bits than a double; axes do not mix otherwise, so nothing is lost.
 */
export function sampleCases(fc: typeof FastCheck): FastCheck.Arbitrary<SampleCase> {
  const axisOf = (
    kernel: Interpolation,
    order: FastCheck.Arbitrary<number>,
    size: FastCheck.Arbitrary<number>,
  ): FastCheck.Arbitrary<AxisCase> =>
    fc.record({ kernel: fc.constant(kernel), order, outside: fc.constantFrom(...outsides), size });
  const plain = fc.constantFrom<Interpolation>('linear', 'linear', 'nearest');
  const kernels = fc.oneof(
    { weight: 3, arbitrary: fc.array(plain, { minLength: 1, maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Interpolation[]>(
        [{ cubic: -0.75 }],
        ['linear', { cubic: -0.5 }],
        [{ cubic: -0.5 }, 'linear'],
        [{ cubic: -0.75 }, 'nearest'],
      ),
    },
  );
  const anything = fc.record({
    batch: fc.constantFrom(1, 1, 2, 0),
    channels: fc.constantFrom(1, 2, 2, 0),
    count: caseSize(fc),
    axes: kernels.chain((list) =>
      fc.tuple(
        ...list.map((kernel) => {
          const order = fc.oneof(
            { weight: 2, arbitrary: fc.constant(0) },
            { weight: 1, arbitrary: fc.nat(highestOrder(kernel)) },
          );
          return axisOf(kernel, order, caseSize(fc));
        }),
      ),
    ),
  });
  // Of the highest degree there is: what reaches it must not be rare.
  const steep = fc.record({
    batch: fc.constant(1),
    channels: fc.integer({ min: 1, max: 2 }),
    count: fc.integer({ min: 1, max: 4 }),
    axes: fc.tuple(
      ...['linear' as const, { cubic: -0.75 }].map((kernel) =>
        axisOf(kernel, fc.constant(0), fc.integer({ min: 3, max: 4 })),
      ),
    ),
  });
  return fc
    .record({
      geometry: fc.oneof({ weight: 2, arbitrary: anything }, { weight: 1, arbitrary: steep }),
      offset: fc.nat(2),
    })
    .map(({ geometry: { axes, ...rest }, offset }) => ({
      ...rest,
      size: axes.map(({ size }) => size),
      axes: axes.map(({ kernel, order, outside }) => ({ kernel, order, outside })),
      // Rounding jumps half-way between elements, interpolation bends at them.
      draw: { kind: 'between', step: axes.some(({ kernel }) => kernel === 'nearest') ? 0.5 : 1, offset },
    }));
}
