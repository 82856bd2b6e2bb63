import { array, type NdArray } from '../graph/nd-array.ts';
import type { Degree, Draw } from '../graph/op.ts';
import { drawDirection, onlyComponent, type Reach } from './draw.ts';
import type { Mode } from './gradcheck-error.ts';
import type { Random } from './random.ts';
import { central, fivePoint, type Stencil, sevenPoint, stencilFor } from './stencil.ts';

/** One input that is moved: where it stands, and what is known of the function along it. */
export interface Probe {
  readonly name: string;
  readonly at: NdArray;
  readonly draw: Draw;
  readonly degree: Degree;
}

/** The function whose derivative is measured: the probed input's value in, the result out. */
export interface Measured {
  readonly probe: Probe;
  readonly mode: Mode;
  readonly condition: number;
  /** The cotangent that the result is paired with. */
  readonly u: NdArray;
  evaluate(value: NdArray): NdArray;
}

export type Verdict = 'equal' | 'wrong' | 'inconclusive';

/** A numeric derivative along a direction held against the analytic one. */
export interface Comparison {
  readonly verdict: Verdict;
  readonly numeric: number;
  readonly analytic: number;
  readonly tolerance: number;
  /** The numeric derivative times the stencil's divisor, which is exact where that is not. */
  readonly difference: number;
  readonly divisor: number;
}

/** Widths of smooth stencils, as fractions of the scale: the next is tried when one is inconclusive. */
export const smoothFractions: readonly number[] = [2 ** -8, 2 ** -10, 2 ** -6, 2 ** -12];

/** Beyond this share of the derivative's size, a tolerance proves nothing. */
const conclusiveShare = 1e-6;

/** A direction for the probe, as long as its mode can bear. */
export function directionFor({ probe, mode }: Measured, fraction: number, random: Random): NdArray {
  return drawDirection(probe.at, probe.draw, reachFor(mode, probe.degree, fraction), random);
}

const reachFor = (mode: Mode, degree: Degree, fraction: number): Reach =>
  mode === 'smooth' ? { fraction } : { steps: stencilOf(degree).weights.length };

/** The stencil for an input of this degree. */
export const stencilOf = (degree: Degree): Stencil => (degree === 'smooth' ? sevenPoint : stencilFor(degree));

/** Compares the derivative along `direction` with the analytic gradient. */
export function compareAlong(measured: Measured, gradient: NdArray, direction: NdArray): Comparison {
  const { probe, mode, condition, u, evaluate } = measured;
  const stencil = stencilOf(probe.degree);
  let largest = 0;
  const values = new Map<number, number>();
  const phi = (step: number): number => {
    const known = values.get(step);
    if (known !== undefined) return known;
    const y = evaluate(movedBy(probe.at, direction, step));
    largest = Math.max(largest, sizeOfDot(u, y));
    const value = dot(u, y);
    values.set(step, value);
    return value;
  };
  const difference = central(stencil, phi);
  const analytic = dot(direction, gradient);
  const { divisor } = stencil;
  const numeric = difference / divisor;
  if (mode === 'exact') {
    const verdict = difference === analytic * divisor ? 'equal' : 'wrong';
    return { verdict, numeric, analytic, tolerance: 0, difference, divisor };
  }
  const truncation = mode === 'smooth' ? Math.abs(numeric - central(fivePoint, phi) / fivePoint.divisor) : 0;
  const share = stencil.weights.reduce((sum, w) => sum + Math.abs(w), 0) / divisor;
  const size = 2 * share * largest + sizeOfDot(gradient, probe.at) + sizeOfDot(gradient, direction);
  const scale = sumOfMagnitudes(gradient) * largestOf(direction);
  const uncertainty = uncertaintyOf(size, condition, truncation);
  const verdict = verdictOf(numeric, analytic, uncertainty, scale, truncation === 0);
  return { verdict, numeric, analytic, tolerance: toleranceOf(uncertainty, analytic), difference, divisor };
}

/** How far two derivatives may be apart: terms of that size were rounded, and the stencil left that much off. */
export const uncertaintyOf = (size: number, condition: number, truncation: number): number =>
  64 * Number.EPSILON * condition * size + leastRounding + 10 * truncation;

/** Near the smallest numbers, roundings no longer shrink with them. */
export const leastRounding: number = 4096 * Number.MIN_VALUE;

const toleranceOf = (uncertainty: number, analytic: number): number => uncertainty + 1e-12 * Math.abs(analytic);

/**
 * Whether two derivatives are equal as far as can be told; `scale` is what they could be where they happen to be small.
 * A function that does not move at all has the derivative zero, however its roundings are bounded: then 0 decides if
 * nothing was cut off (`isWhole`).
 */
export function verdictOf(
  numeric: number,
  analytic: number,
  uncertainty: number,
  scale: number,
  isWhole: boolean,
): Verdict {
  const error = Math.abs(analytic - numeric);
  if (Number.isNaN(error)) return 'wrong';
  const relevant = Math.max(Math.abs(analytic), Math.abs(numeric), scale / 64);
  const isStill = isWhole && analytic === 0 && numeric === 0;
  if (uncertainty > conclusiveShare * relevant && !isStill) return 'inconclusive';
  return error <= toleranceOf(uncertainty, analytic) ? 'equal' : 'wrong';
}

/** Compares every component of the gradient on its own. */
export function compareElements(measured: Measured, gradient: NdArray, direction: NdArray): Comparison[] {
  return Array.from(gradient.data, (_, i) => compareAlong(measured, gradient, onlyComponent(direction, i)));
}

/** at + steps · direction. */
export function movedBy(at: NdArray, direction: NdArray, steps: number): NdArray {
  const result = array(at);
  for (let i = 0; i < at.data.length; i++) result.data[i] = at.data[i]! + steps * direction.data[i]!;
  return result;
}

/** at, its i-th element moved. */
export function movedAt(at: NdArray, i: number, by: number): NdArray {
  const moved = array(at, at.data);
  moved.data[i]! += by;
  return moved;
}

/** Σ aᵢ·bᵢ in doubles: exact while the terms are dyadic rationals of moderate size. */
export const dot = (a: NdArray, b: NdArray): number => sum(a, (x, i) => x * b.data[i]!);
/** Σ |aᵢ·bᵢ|: from which the rounding of ⟨a, b⟩ follows. */
export const sizeOfDot = (a: NdArray, b: NdArray): number => sum(a, (x, i) => Math.abs(x * b.data[i]!));
const sumOfMagnitudes = (a: NdArray): number => sum(a, Math.abs);
function largestOf({ data }: NdArray): number {
  let largest = 0;
  for (let i = 0; i < data.length; i++) largest = Math.max(largest, Math.abs(data[i]!));
  return largest;
}

function sum({ data }: NdArray, term: (x: number, i: number) => number): number {
  let total = 0;
  for (let i = 0; i < data.length; i++) total += term(data[i]!, i);
  return total;
}
