import type * as FastCheck from 'fast-check';
import type { LawInput } from './law.ts';
import { type Window, type WindowLimits, windowCase } from './windows.ts';

/** A convolution: channels are counted per group. */
export interface Conv {
  readonly batch: number;
  readonly groups: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly axes: readonly Window[];
}

/** Small convolutions whose windows fit. */
export const convCase =
  (limits: WindowLimits = {}, groups = 2) =>
  (fc: typeof FastCheck): FastCheck.Arbitrary<Conv> => {
    const upTo = (max: number): FastCheck.Arbitrary<number> => fc.integer({ min: 1, max });
    return fc.record({
      batch: upTo(2),
      groups: upTo(groups),
      inputs: upTo(2),
      outputs: upTo(2),
      axes: fc.array(windowCase(fc, limits), { minLength: 2, maxLength: 2 }),
    });
  };

/** What is convolved, and with what. */
export const operands = ({ batch, groups, inputs, outputs, axes }: Conv): { x: LawInput; w: LawInput } => ({
  x: { shape: [batch, groups * inputs, ...axes.map(({ length }) => length)] },
  w: { shape: [groups * outputs, inputs, ...axes.map(({ kernel }) => kernel)] },
});
