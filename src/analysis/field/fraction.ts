/** A fraction in lowest terms, its denominator above 0. */
export type Fraction = readonly [numerator: number, denominator: number];

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

/** n / d in lowest terms. */
export function fraction(n: number, d: number): Fraction {
  const common = (gcd(n, d) || 1) * Math.sign(d);
  return [n / common, d / common];
}

export const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => fraction(a * c, b * d);

export const leastCommonMultiple = (a: number, b: number): number => (a / gcd(a, b)) * b;
