import { fc, it } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { central, differenceWeights, oneSided, stencilFor } from '../../src/check/stencil.ts';

const polynomial =
  (coefficients: readonly number[]) =>
  (t: number): number =>
    coefficients.reduceRight((sum, c) => sum * t + c, 0);
/** A polynomial with dyadic coefficients, lowest first: its derivative at 0 is the second of them. */
const upToDegree = (degree: number): fc.Arbitrary<number[]> =>
  fc.array(
    fc.integer({ min: -64, max: 64 }).map((k) => k / 8),
    { minLength: degree + 1, maxLength: degree + 1 },
  );

describe.each([0, 1, 2, 3, 4, 5, 6])('degree %i', (degree) => {
  it.prop([upToDegree(degree)])('a central stencil is exact', (c) => {
    const stencil = stencilFor(degree);
    expect(central(stencil, polynomial(c))).toBe(stencil.divisor * (c[1] ?? 0));
  });

  it.prop([upToDegree(degree)])('differences of the next order vanish, its own show the leading coefficient', (c) => {
    const differ = (order: number): number =>
      differenceWeights(order).reduce((sum, w, j) => sum + w * polynomial(c)(j), 0);
    const factorial = Array.from({ length: degree }, (_, i) => i + 1).reduce((a, b) => a * b, 1);
    expect(differ(degree + 1)).toBe(0);
    expect(Math.abs(differ(degree))).toBe(Math.abs(factorial * c[degree]!));
  });
});

it.prop([upToDegree(4)])('one-sided differences are exact up to degree 4', (c) => {
  const right = oneSided.weights.reduce((sum, w, j) => sum + w * polynomial(c)(j), 0);
  expect(right).toBe(oneSided.divisor * c[1]!);
});
