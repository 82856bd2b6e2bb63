import { sizeOf } from '../../../../graph/shape.ts';
import type { Epilogue } from '../fused/epilogue.ts';
import type { Kernel } from '../kernel.ts';
import type { Choosing, Tuner } from './choosing.ts';
import type { Correlation } from './correlation.ts';
import { directKernel, type Operands } from './direct.ts';
import { dotKernel } from './dot.ts';
import type { Results } from './results.ts';
import { vectorOf } from './tile.ts';
import { winogradCorrelation } from './winograd/correlation.ts';
import { correlationTime } from './winograd/correlation-time.ts';
import { winogradGradient } from './winograd/gradient.ts';
import { gradientTime } from './winograd/gradient-time.ts';
import { exactProducts, mostProducts } from './winograd/points.ts';

/** The kernel that takes least time by a count of its vector instructions. */
export const choose = (problem: Correlation, operands: Operands, exact: boolean): Kernel =>
  fastest(candidates(problem, exact)).kernel(problem, operands);

const chosen = { exact: new WeakMap<object, Choice>(), any: new WeakMap<object, Choice>() };

/**
 * The same for an owner, or the one that the tuner chooses; remembered. `problem` with all operands row-major, so that the
 * choice is one wherever they lie.
 */
export function choiceFor(owner: object, problem: Correlation, { exact, tuner }: Choosing): Choice {
  const known = tuner?.chosen ?? chosen[exact ? 'exact' : 'any'];
  const choice = known.get(owner) ?? choiceOf(problem, candidates(problem, exact), tuner);
  known.set(owner, choice);
  return choice;
}

function choiceOf(problem: Correlation, all: readonly Choice[], tuner: Tuner | undefined): Choice {
  const best = fastest(all);
  const near = all.filter(({ time }) => time <= worthTrying * best.time);
  if (tuner === undefined || near.length < 2 || best.time === 0) return best;
  return { ...(tuner.choose(problem, near) ?? best), measured: true };
}

/** Candidates that a count of instructions finds this much slower than the best are not measured. */
const worthTrying = 4;

/** Whether a kernel reads x and w where the problem says they lie. */
export function reads({ weights }: Choice, problem: Correlation): boolean {
  const { axes, strides } = problem;
  return (axes.at(-1)!.x === 1 || strides.x.axes.at(-1) === 1) && weights(problem);
}

const always = (): boolean => true;
const never = (): boolean => false;
/** A few positions at a time in many channels: lines of masks would be fetched anew for every few bytes. */
const isWide = ({ narrow }: Epilogue): boolean => !narrow;

const rowsOfWeights = ({ axes, strides }: Correlation): boolean =>
  axes.at(-1)!.w === 1 || Math.abs(strides.w.axes.at(-1)!) === 1;
const denseRows = ({ axes, strides }: Correlation): boolean => axes.at(-1)!.w === 1 || strides.w.axes.at(-1) === 1;

/** A kernel, what time it takes, where it lets weights lie and whether it hands results on; all write y anywhere. */
export interface Choice {
  /** For caches. */
  readonly name: string;
  readonly kernel: (problem: Correlation, operands: Operands, results?: Results) => Kernel;
  readonly finishes: (epilogue: Epilogue) => boolean;
  readonly time: number;
  readonly weights: (problem: Correlation) => boolean;
  /** Whether it was found by measuring. */
  readonly measured?: boolean;
}

const fastest = (choices: readonly Choice[]): Choice => choices.reduce((a, b) => (b.time < a.time ? b : a));

/** The kernels that can do it; with `exact` those that round no more than the definition. */
const candidates = (problem: Correlation, exact: boolean): Choice[] =>
  [
    { name: 'direct', kernel: directKernel, finishes: isWide, time: directTime(problem), weights: always },
    { name: 'dot', kernel: dotKernel, finishes: never, time: dotTime(problem), weights: rowsOfWeights },
    ...(exact ? [exactProducts] : [exactProducts, mostProducts]).flatMap((most) => [
      {
        name: `Winograd ${most}`,
        kernel: (asked: Correlation, operands: Operands, results?: Results) =>
          winogradCorrelation(asked, operands, most, results),
        finishes: always,
        time: correlationTime(problem, most),
        weights: always,
      },
      {
        name: `gradient ${most}`,
        kernel: (asked: Correlation, operands: Operands) => winogradGradient(asked, operands, most),
        finishes: never,
        time: gradientTime(problem, most),
        weights: denseRows,
      },
    ]),
  ].filter(({ time }) => time < Number.POSITIVE_INFINITY);

/** Pairs of a position and a tap on all axes but the last, for all channels. */
const pairs = ({ batch, channels, outputs, groups, axes }: Correlation): number =>
  batch * channels * outputs * groups * sizeOf(axes.slice(0, -1).map(({ y, w, xDilation }) => (y * w) / xDilation));

/** Vectors that `length` elements take where those `apart` from each other stand together. */
const vectorsOf = (length: number, apart: number, lanes: number): number =>
  Math.ceil(length / apart / lanes) * Math.min(apart, length);

/** Multiplications of a vector that the direct kernel makes. */
function directTime(problem: Correlation): number {
  const { y, w, xDilation } = problem.axes.at(-1)!;
  return (pairs(problem) * vectorsOf(y, xDilation, vectorOf[problem.dtype].lanes) * w) / xDilation;
}

/** The same of dot products, with a little for adding up lanes. */
function dotTime(problem: Correlation): number {
  const { y, w, xDilation } = problem.axes.at(-1)!;
  return (pairs(problem) * y * (vectorsOf(w, xDilation, vectorOf[problem.dtype].lanes) + 0.1)) / xDilation;
}
