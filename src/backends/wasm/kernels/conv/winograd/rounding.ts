import { exactProducts } from './points.ts';
import type { Matrix, ToomCook } from './toom-cook.ts';

interface WithMatrices {
  readonly matrices: ToomCook;
}

/** Half a unit in the last place, relative. */
const half = 2 ** -24;

const size = (row: readonly number[]): number => row.reduce((sum, value) => sum + Math.abs(value), 0);

/** How much larger than the operands' sizes intermediate values together get, at most, on the way to one result. */
function amplification(matrices: ToomCook): number {
  const { at, bt, g } = matrices;
  const worst =
    amplifications.get(matrices) ??
    Math.max(...at.map((row) => row.reduce((sum, value, k) => sum + Math.abs(value) * size(bt[k]!) * size(g[k]!), 0)));
  amplifications.set(matrices, worst);
  return worst;
}

const amplifications = new WeakMap<ToomCook, number>();

/** Roundings that one term meets in a product with the matrix, counting that of the coefficient. */
const steps = (matrix: Matrix): number => matrix[0]!.length + 1;

/**
 * How far a result can be from the exact one, in units of the largest |x| times the largest |w|: a theorem, from the
 * sizes of the matrices and the number of roundings one behind the other (Higham's γ). `rows` are channels and phases
 * that are summed. Undefined where nothing rounds on small dyadic numbers: up to four products along each axis.
 */
export function roundingOf(down: WithMatrices, across: WithMatrices, rows: number): number | undefined {
  const matrices = [down.matrices, across.matrices];
  if (matrices.every(({ g }) => g.length <= exactProducts)) return undefined;
  const roundings = rows + matrices.reduce((sum, { at, bt, g }) => sum + steps(at) + steps(bt) + steps(g), 0);
  const each = (roundings * half) / (1 - roundings * half);
  return each * rows * amplification(down.matrices) * amplification(across.matrices);
}

/** The same of a sum term by term. */
export const plainRounding = (terms: number): number => ((terms * half) / (1 - terms * half)) * terms;

/** How much more than a sum term by term a convolution may round, at worst. */
export const mostRounding = 32;
