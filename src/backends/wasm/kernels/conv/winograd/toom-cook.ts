/** A small constant matrix, row by row. */
export type Matrix = readonly (readonly number[])[];

/** What turns m results of r taps into n = m + r − 1 products: y = aᵀ·[(g·w) ⊙ (bᵀ·x)] on one axis. */
export interface ToomCook {
  /** m × n, for products. */
  readonly at: Matrix;
  /** n × r, for taps. */
  readonly g: Matrix;
  /** n × n, for inputs. */
  readonly bt: Matrix;
}

/** Coefficients, lowest degree first, of Π (x − root). */
function polynomial(roots: readonly number[]): number[] {
  let p = [1];
  for (const root of roots) p = [0, ...p].map((lower, degree) => lower - root * (p[degree] ?? 0));
  return p;
}

/**
 * The matrices of the algorithm F(results, taps) that evaluates polynomials at `points` and at infinity (Toom and Cook;
 * Winograd's short filters; Lavin & Gray 2015). Its transposition, the gradient by the taps, is F(taps, results) with the
 * same points and the same bᵀ. There are results + taps − 2 points. Points p and −p beside each other, and small
 * numbers of moderate size, make the transforms cheap and exact.
 */
export function toomCook(points: readonly number[], results: number, taps: number): ToomCook {
  const others = (j: number): number[] => points.filter((_, l) => l !== j);
  const powers = (p: number, count: number): number[] => Array.from({ length: count }, (_, i) => p ** i);
  const infinite = (count: number): number[] => Array.from({ length: count }, (_, i) => (i === count - 1 ? 1 : 0));
  const columns = [...points.map((p) => powers(p, results)), infinite(results)];
  return {
    at: Array.from({ length: results }, (_, i) => columns.map((column) => column[i]!)),
    g: [
      ...points.map((p, j) => {
        const scale = others(j).reduce((product, q) => product * (p - q), 1);
        return powers(p, taps).map((power) => power / scale);
      }),
      infinite(taps),
    ],
    bt: [...points.map((_, j) => [...polynomial(others(j)), 0]), polynomial(points)],
  };
}
