import { gcd } from '../../../../../ops/window/gcd.ts';
import { type AxisClass, axisClasses } from '../axis-classes.ts';
import type { CorrelationAxis } from '../correlation.ts';

/** Indices of an operand: of the first tap in the first phase, and from phase to phase and tap to tap. */
interface Indices {
  readonly first: number;
  readonly phase: number;
  readonly step: number;
}

/**
 * Results of one axis that see a plain window each: result i is the sum over phases f and taps j of
 * w[w.first + f·w.phase + j·w.step] · x[x.first + f·x.phase + (i + j)·x.step], with zeros beyond the ends of either.
 */
export interface ResultSet {
  /** Where the results lie in y: their number, the first, and from each to the next. */
  readonly count: number;
  readonly first: number;
  readonly step: number;
  readonly phases: number;
  /** Taps of the longest phase. */
  readonly length: number;
  readonly w: Indices;
  readonly x: Indices;
}

/** Every result of the axis in exactly one set. Results an input's stride apart, and taps likewise, are phases. */
export const resultSets = (axis: CorrelationAxis): ResultSet[] =>
  axisClasses(axis).flatMap((one) => setsOf(one, axis.w));

function setsOf({ p, k, q, byP, byK }: AxisClass, beyond: number): ResultSet[] {
  const step = (byP * byK) / gcd(byP, byK);
  const [apart, phases] = [step / byP, step / byK];
  return Array.from({ length: Math.min(apart, p.count) }, (_, i) => ({
    count: Math.ceil((p.count - i) / apart),
    first: p.first + i * p.step,
    step: p.step * apart,
    phases: Math.max(1, Math.min(phases, k.count)),
    length: Math.max(1, Math.ceil(k.count / phases)),
    // Without taps nothing but zeros is read.
    w: { first: k.count === 0 ? beyond : k.first, phase: k.step, step: k.step * phases },
    x: { first: q + i * byP, phase: byK, step },
  }));
}
