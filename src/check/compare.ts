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

/** A numeric derivative along a direction held against the analytic one. */
export interface Comparison {
  readonly verdict: 'equal' | 'wrong' | 'inconclusive';
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
    const y = evaluate(moved(probe.at, direction, step));
    largest = Math.max(largest, absoluteDot(u, y));
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
  const size = 2 * share * largest + absoluteDot(gradient, probe.at) + absoluteDot(gradient, direction);
  const scale = sumOfMagnitudes(gradient) * largestOf(direction);
  return {
    ...judge({ numeric, analytic, size, truncation, condition, scale }),
    numeric,
    analytic,
    difference,
    divisor,
  };
}

/** Two derivatives, and what is known of their errors. */
interface Judged {
  readonly numeric: number;
  readonly analytic: number;
  /** The size of the terms that were rounded. */
  readonly size: number;
  readonly truncation: number;
  readonly condition: number;
  /** What the derivative could be where it happens to be small. */
  readonly scale: number;
}

/** Whether two derivatives are equal as far as can be told. */
export function judge({ numeric, analytic, size, truncation, condition, scale }: Judged): {
  readonly verdict: Comparison['verdict'];
  readonly tolerance: number;
} {
  const uncertainty = 64 * Number.EPSILON * condition * size + 10 * truncation;
  const tolerance = uncertainty + 1e-12 * Math.abs(analytic);
  const error = Math.abs(analytic - numeric);
  const relevant = Math.max(Math.abs(analytic), Math.abs(numeric), scale / 64);
  // A function that does not move at all has the derivative zero, however its roundings are bounded.
  const decided = uncertainty <= conclusiveShare * relevant || (analytic === 0 && numeric === 0 && truncation === 0);
  const verdict = Number.isNaN(error) ? 'wrong' : !decided ? 'inconclusive' : error <= tolerance ? 'equal' : 'wrong';
  return { verdict, tolerance };
}

/** Compares every component of the gradient on its own. */
export function compareElements(measured: Measured, gradient: NdArray, direction: NdArray): Comparison[] {
  return Array.from(gradient.data, (_, i) => compareAlong(measured, gradient, onlyComponent(direction, i)));
}

function moved(at: NdArray, direction: NdArray, steps: number): NdArray {
  return array(
    at,
    Array.from(at.data, (x, i) => x + steps * direction.data[i]!),
  );
}

/** Σ aᵢ·bᵢ in doubles: exact while the terms are dyadic rationals of moderate size. */
export const dot = (a: NdArray, b: NdArray): number => sum(a, (x, i) => x * b.data[i]!);
const absoluteDot = (a: NdArray, b: NdArray): number => sum(a, (x, i) => Math.abs(x * b.data[i]!));
const sumOfMagnitudes = (a: NdArray): number => sum(a, Math.abs);
const largestOf = (a: NdArray): number => Array.from(a.data).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

function sum({ data }: NdArray, term: (x: number, i: number) => number): number {
  let total = 0;
  for (let i = 0; i < data.length; i++) total += term(data[i]!, i);
  return total;
}
