import { sizeOf, stridesOf } from '../../../../graph/shape.ts';
import type { KernelCode } from '../kernel.ts';
import { stridedCopy } from '../movement/strided-copy.ts';
import { nest } from '../nest.ts';
import type { AxisClass } from './axis-classes.ts';
import { copyRow, zeroRow } from './copy-row.ts';
import type { Correlation } from './correlation.ts';
import { vectorOf } from './tile.ts';

/** Whether a class uses every tap and they lie row-major, so that w may serve as it is. */
export function servesAsIs(problem: Correlation, classes: readonly AxisClass[]): boolean {
  const { outputs, groups, channels, axes, strides } = problem;
  const shape = [outputs * groups, channels, ...axes.map(({ w }) => w)];
  const { outer, channel, axes: steps } = strides.w;
  const dense = stridesOf(shape);
  return (
    classes.every(({ k }, i) => k.count === axes[i]!.w) &&
    [outer, channel, ...steps].every((step, i) => shape[i] === 1 || step === dense[i])
  );
}

/** The number of taps of a class. */
export const tapsOf = (classes: readonly AxisClass[]): number => sizeOf(classes.map(({ k }) => k.count));

/** Code that copies the taps of one class together: w[outputs, channels, taps]. */
export function copyTaps(
  code: KernelCode,
  problem: Correlation,
  classes: readonly AxisClass[],
  w: number,
  to: number,
): void {
  const { dtype, groups, outputs, channels } = problem;
  const { outer, channel, axes } = problem.strides.w;
  const shape = [groups * outputs, channels, ...classes.map(({ k }) => k.count)];
  const from = {
    base: w,
    offset: classes.reduce((sum, { k }, i) => sum + k.first * axes[i]!, 0),
    strides: [outer, channel, ...classes.map(({ k }, i) => k.step * axes[i]!)],
  };
  stridedCopy(code, vectorOf[dtype].bytes, shape, from, { base: to, offset: 0, strides: stridesOf(shape) });
}

/** Code that copies the taps of one class together, every row filled up to whole vectors. */
export function copyTapRows(
  code: KernelCode,
  problem: Correlation,
  classes: readonly AxisClass[],
  w: number,
  to: number,
): void {
  const { dtype, groups, outputs, channels } = problem;
  const { outer: output, channel, axes } = problem.strides.w;
  const { bytes, lanes } = vectorOf[dtype];
  const last = classes.at(-1)!.k;
  const row = 16 * Math.ceil(last.count / lanes);
  const outer = classes.slice(0, -1);
  const dense = (i: number): number => row * sizeOf(outer.slice(i + 1).map(({ k }) => k.count));
  nest(
    code,
    [
      { size: groups * outputs, steps: [channels * dense(-1), bytes * output] },
      { size: channels, steps: [dense(-1), bytes * channel] },
      ...outer.map(({ k }, i) => ({ size: k.count, steps: [dense(i), bytes * k.step * axes[i]!] })),
    ],
    [to, w + classes.reduce((sum, { k }, i) => sum + bytes * k.first * axes[i]!, 0)],
    ([target, from]) => {
      copyRow(code.f, dtype, {
        target: target!,
        at: 0,
        from: from!,
        offset: 0,
        step: last.step * axes.at(-1)!,
        count: last.count,
      });
      zeroRow(code.f, bytes, target!, last.count * bytes, row);
    },
  );
}
