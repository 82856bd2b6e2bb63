/**
 * A central difference Σⱼ wⱼ·(φ(j) − φ(−j)) that equals `divisor`·φ′(0) for every polynomial up to its degree.
 * Weights are whole and the divisor is kept apart, so that on dyadic numbers both sides are exact.
 */
export interface Stencil {
  /** The weight of φ(j) − φ(−j), for j = 1, 2, …. */
  readonly weights: readonly number[];
  readonly divisor: number;
}

const threePoint: Stencil = { weights: [1], divisor: 2 };
export const fivePoint: Stencil = { weights: [8, -1], divisor: 12 };
export const sevenPoint: Stencil = { weights: [45, -9, 1], divisor: 60 };

/** The highest polynomial degree that can be declared. */
export const highestDegree = 6;

/** The shortest stencil without truncation error for a polynomial of this degree. */
export const stencilFor = (degree: number): Stencil =>
  degree <= 2 ? threePoint : degree <= 4 ? fivePoint : sevenPoint;

/** Σⱼ wⱼ·(φ(j) − φ(−j)): the derivative times the divisor. */
export const central = ({ weights }: Stencil, phi: (step: number) => number): number =>
  weights.reduce((sum, weight, j) => sum + weight * (phi(j + 1) - phi(-j - 1)), 0);

/** One-sided, for degree ≤ 4: Σⱼ wⱼ·φ(±j) = ±12·φ′(0±). */
export const oneSided: Stencil = { weights: [-25, 48, -36, 16, -3], divisor: 12 };
/** Its shorter companion, from whose difference the truncation is judged: Σⱼ wⱼ·φ(±j) = ±6·φ′(0±). */
export const oneSidedShort: Stencil = { weights: [-11, 18, -9, 2], divisor: 6 };

/** The weights of the n-th difference: zero on every polynomial of lower degree. */
export function differenceWeights(n: number): number[] {
  let row = [1];
  for (let k = 0; k < n; k++) row = [...row, 0].map((w, i) => (row[i - 1] ?? 0) - w);
  return row;
}
