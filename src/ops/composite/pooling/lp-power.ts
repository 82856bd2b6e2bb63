import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { abs } from '../../pointwise/abs.ts';
import { notEqual } from '../../pointwise/compare.ts';
import { pow } from '../../pointwise/pow.ts';
import { select } from '../../pointwise/select.ts';
import { sqrt } from '../../pointwise/sqrt.ts';

/** Refuses an exponent that is not above 0. */
export function checkExponent(p: number): void {
  if (!(p > 0)) fail('pool/exponent', `p is ${String(p)}`, 'give a number above 0; Infinity means the maximum.');
}

/** |x|^p; its derivatives at 0 are 0 where they are one-sided or infinite (operators.md, section 3). */
export const absolutePower = (x: Tensor, p: number): Tensor =>
  p === 1 ? abs(x) : p % 2 === 0 ? pow(x, p) : power(abs(x), p);

/** x^p; where the power has no derivative at 0, all of them are taken as 0 there. */
export const power = (x: Tensor, p: number): Tensor => {
  if (Number.isInteger(p)) return p === 1 ? x : pow(x, p);
  const apart: Tensor = notEqual(x, 0);
  // Without the inner select the unchosen branch would have infinite derivatives, and ∞ · 0 is NaN.
  return select(apart, pow(select(apart, x, 1) as Tensor, p), 0);
};

/** s^(1/p); the derivatives at 0 are taken as 0. */
export const root = (s: Tensor, p: number): Tensor => (p === 2 ? sqrt(s) : power(s, 1 / p));
