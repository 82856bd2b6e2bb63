import { gcd } from '../../ops/window/gcd.ts';

/** A fraction in lowest terms, its denominator above 0. */
export type Fraction = readonly [numerator: number, denominator: number];

/** n / d in lowest terms. */
export function fraction(n: number, d: number): Fraction {
  const common = (Math.abs(gcd(n, d)) || 1) * Math.sign(d);
  return [n / common, d / common];
}

export const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * c, b * d);

export const leastCommonMultiple = (a: number, b: number): number => (a / Math.abs(gcd(a, b))) * b;
