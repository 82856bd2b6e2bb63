import type * as FastCheck from 'fast-check';
import type { Case } from '../../graph/op.ts';
import type { ConvAttributes, ConvAxis } from './conv.ts';
import { extent } from './extent.ts';

interface AxisCase extends ConvAxis {
  readonly length: number;
  readonly window: number;
}

/** Random geometry of `conv`: 1 to 3 axes, each with its own sizes, stride, dilations and (also negative) padding. */
export function convCases(fc: typeof FastCheck): FastCheck.Arbitrary<Case<'x' | 'w', ConvAttributes>> {
  const axis: FastCheck.Arbitrary<AxisCase> = fc
    .record({
      length: fc.integer({ min: 1, max: 5 }),
      window: fc.constantFrom(1, 2, 3, 3, 4),
      stride: fc.integer({ min: 1, max: 3 }),
      lo: fc.integer({ min: -2, max: 3 }),
      hi: fc.integer({ min: -2, max: 3 }),
      xDilation: fc.constantFrom(1, 1, 2, 3),
      wDilation: fc.constantFrom(1, 1, 2, 3),
    })
    // At least one window fits by construction: the right padding makes up for what is missing.
    .map((a) => ({
      ...a,
      hi: Math.max(a.hi, extent(a.window, a.wDilation) - extent(a.length, a.xDilation) - a.lo),
    }));
  return fc
    .record({
      dtype: fc.constant('f64' as const),
      batch: fc.constantFrom(1, 2, 2, 0),
      groups: fc.constantFrom(1, 1, 2, 3),
      inputs: fc.constantFrom(1, 1, 2, 4, 0),
      // Kernels may treat four output channels, or three taps, together: cases with some left over.
      outputs: fc.constantFrom(1, 1, 2, 5),
      axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
    })
    .map(({ dtype, batch, groups, inputs, outputs, axes }) => ({
      types: {
        x: { dtype, shape: [batch, groups * inputs, ...axes.map((a) => a.length)] },
        w: { dtype, shape: [groups * outputs, inputs, ...axes.map((a) => a.window)] },
      },
      attributes: {
        axes: axes.map(({ stride, lo, hi, xDilation, wDilation }) => ({ stride, lo, hi, xDilation, wDilation })),
        groups,
      },
    }));
}
