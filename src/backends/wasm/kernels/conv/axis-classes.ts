import { gcd } from '../../../../ops/window/gcd.ts';
import type { CorrelationAxis } from './correlation.ts';

/** `count` numbers from `first` on, `step` apart. */
interface Progression {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/**
 * Positions p and taps k of one axis that meet each other: position p.first + i·p.step and tap k.first + j·k.step read x
 * at q + i·byP + j·byK. Zeros between the elements of x never appear: what reads only them is in no class.
 */
export interface AxisClass {
  readonly p: Progression;
  readonly k: Progression;
  readonly q: number;
  readonly byP: number;
  readonly byK: number;
}

/** Every position of the axis in exactly one class; a class without taps gives zeros. */
export function axisClasses(axis: CorrelationAxis): AxisClass[] {
  const { stride, lo, xDilation, wDilation } = axis;
  const stepP = xDilation / gcd(stride, xDilation);
  const stepK = xDilation / gcd(wDilation, xDilation);
  const [byP, byK] = [(stride * stepP) / xDilation, (wDilation * stepK) / xDilation];
  return Array.from({ length: Math.min(stepP, axis.y) }, (_, first) => {
    const p = { first, step: stepP, count: Math.ceil((axis.y - first) / stepP) };
    let tap = 0;
    while (tap < stepK && (first * stride + tap * wDilation - lo) % xDilation !== 0) tap++;
    const all = tap < stepK && tap < axis.w ? Math.ceil((axis.w - tap) / stepK) : 0;
    const start = (first * stride + tap * wDilation - lo) / xDilation;
    // Taps at either end that miss x at every position are left out.
    const meets = (j: number): boolean => {
      const from = start + j * byK;
      const i = Math.max(0, Math.ceil(-from / byP));
      return i < p.count && from + i * byP < axis.x;
    };
    let [lowest, end] = [0, all];
    while (lowest < end && !meets(lowest)) lowest++;
    while (end > lowest && !meets(end - 1)) end--;
    const k = { first: tap + lowest * stepK, step: stepK, count: end - lowest };
    return { p, k, q: k.count === 0 ? 0 : start + lowest * byK, byP, byK };
  });
}

/** All combinations of the axes' classes: each is a convolution without `xDilation`. */
export const combine = (perAxis: readonly (readonly AxisClass[])[]): AxisClass[][] =>
  perAxis.reduce<AxisClass[][]>(
    (lists, classes) => lists.flatMap((list) => classes.map((one) => [...list, one])),
    [[]],
  );
