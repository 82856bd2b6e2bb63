import { sizeOf } from '../../../../graph/shape.ts';
import type { KernelCode } from '../kernel.ts';
import { nest } from '../nest.ts';
import type { AxisClass } from './axis-classes.ts';
import { copyRow, zeroRow } from './copy-row.ts';
import { type Correlation, planeOf } from './correlation.ts';
import { vectorOf } from './tile.ts';

/** Whether a class uses every tap, so that w may serve as it is. */
export const usesAllTaps = ({ axes }: Correlation, classes: readonly AxisClass[]): boolean =>
  classes.every(({ k }, i) => k.count === axes[i]!.w);

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
  const { dtype, groups, outputs, channels, axes } = problem;
  const { bytes } = vectorOf[dtype];
  const single = bytes === 4 ? 'f32' : 'f64';
  const stride = (i: number): number => bytes * sizeOf(axes.slice(i + 1).map((axis) => axis.w));
  const dense = (i: number): number => bytes * sizeOf(classes.slice(i + 1).map(({ k }) => k.count));
  nest(
    code,
    [
      { size: groups * outputs * channels, steps: [bytes * tapsOf(classes), bytes * planeOf(problem, 'w')] },
      ...classes.map(({ k }, i) => ({ size: k.count, steps: [dense(i), k.step * stride(i)] })),
    ],
    [to, w + classes.reduce((sum, { k }, i) => sum + k.first * stride(i), 0)],
    ([target, from]) => {
      code.f.get(target!).get(from!).access(`${single}.load`, 0).access(`${single}.store`, 0);
    },
  );
}

/** Code that copies the taps of one class together, every row filled up to whole vectors. */
export function copyTapRows(
  code: KernelCode,
  problem: Correlation,
  classes: readonly AxisClass[],
  w: number,
  to: number,
): void {
  const { dtype, groups, outputs, channels, axes } = problem;
  const { bytes, lanes } = vectorOf[dtype];
  const last = classes.at(-1)!.k;
  const row = 16 * Math.ceil(last.count / lanes);
  const outer = classes.slice(0, -1);
  const stride = (i: number): number => bytes * sizeOf(axes.slice(i + 1).map((axis) => axis.w));
  const dense = (i: number): number => row * sizeOf(outer.slice(i + 1).map(({ k }) => k.count));
  nest(
    code,
    [
      { size: groups * outputs * channels, steps: [dense(-1), bytes * planeOf(problem, 'w')] },
      ...outer.map(({ k }, i) => ({ size: k.count, steps: [dense(i), k.step * stride(i)] })),
    ],
    [to, w + classes.reduce((sum, { k }, i) => sum + k.first * stride(i), 0)],
    ([target, from]) => {
      copyRow(code.f, dtype, {
        target: target!,
        at: 0,
        from: from!,
        offset: 0,
        phases: last.step,
        count: last.count,
      });
      zeroRow(code.f, bytes, target!, last.count * bytes, row);
    },
  );
}
