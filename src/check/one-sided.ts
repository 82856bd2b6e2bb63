import type { NdArray } from '../graph/nd-array.ts';
import { dot } from './compare.ts';
import { oneSided, oneSidedShort, type Stencil } from './stencil.ts';

/** Steps small enough to stay on the pieces next to a kink, dyadic so that polynomials come out exactly. */
export const kinkStep: number = 2 ** -6;

/** D⁺ (direction 1) or D⁻ (−1), with the error that rounding and truncation may have left; none for polynomials. */
export function oneSidedDerivative(
  phi: (steps: number) => number,
  direction: 1 | -1,
  step: number = kinkStep,
): { readonly value: number; readonly tolerance: number } {
  const apply = ({ weights, divisor }: Stencil): number =>
    (direction * weights.reduce((sum, w, j) => sum + w * phi(direction * j), 0)) / (divisor * step);
  const value = apply(oneSided);
  const truncation = Math.abs(value - apply(oneSidedShort));
  return { value, tolerance: truncation === 0 ? 0 : 10 * truncation + 1e-9 * Math.abs(value) };
}

/** A derivative at a kink beside those of both sides. */
export interface Sides {
  /** `jump`: the function itself is not continuous there. */
  readonly verdict: 'equal' | 'wrong' | 'jump' | 'inconclusive';
  readonly left: number;
  readonly right: number;
  readonly analytic: number;
}

/** Whether the derivative along a direction lies between those of both sides, which it must at a single kink. */
export function betweenSides(phi: (steps: number) => number, gradient: NdArray, direction: NdArray): Sides {
  const at = (side: 1 | -1, step: number) => oneSidedDerivative((j) => phi(j * step), side, step);
  const [left, right] = [at(-1, kinkStep), at(1, kinkStep)];
  const [leftNear, rightNear] = [at(-1, kinkStep / 2), at(1, kinkStep / 2)];
  const analytic = dot(gradient, direction);
  const sides = { left: leftNear.value, right: rightNear.value, analytic };
  // Over a jump, half the step gives twice the slope.
  const jumps = (far: number, near: number): boolean => Math.abs(near) > 1.75 * Math.abs(far) && Math.abs(near) > 1e-6;
  if (jumps(left.value, leftNear.value) || jumps(right.value, rightNear.value)) return { verdict: 'jump', ...sides };
  const rounding = 1e-9 * (1 + Math.abs(sides.left) + Math.abs(sides.right));
  const tolerance = Math.max(leftNear.tolerance, rightNear.tolerance, rounding);
  const spread = Math.max(Math.abs(sides.left), Math.abs(sides.right), Math.abs(analytic), 1e-3);
  if (tolerance > 1e-4 * spread) return { verdict: 'inconclusive', ...sides };
  const low = Math.min(sides.left, sides.right) - tolerance;
  const high = Math.max(sides.left, sides.right) + tolerance;
  return { verdict: analytic >= low && analytic <= high ? 'equal' : 'wrong', ...sides };
}
