import type { Live } from '../backends/backend.ts';
import type { NdArray } from '../graph/nd-array.ts';
import { judge, type Measured, stencilOf } from './compare.ts';
import { fivePoint } from './stencil.ts';

/** What moves one input, element by element, and how its derivatives are compared. */
export interface Mover extends Pick<Measured, 'probe' | 'mode' | 'condition'> {
  /** How far each element is moved. */
  readonly direction: NdArray;
  /** Memory for so many numbers that may hold anything: for large matrices, the same one every time. */
  memory(use: string, length: number): Float64Array;
}

/** All columns of a Jacobian measured: derivatives of every result by every element of an input. */
export interface Columns extends Mover {
  /**
   * Per result and element of the input the difference, which is `divisor` times the derivative along the direction's
   * component.
   */
  readonly difference: Float64Array;
  readonly divisor: number;
  /** What the weights of one difference sum to, without signs and divisor. */
  readonly share: number;
  /** Derivatives by a shorter stencil, from which the truncation is judged. */
  readonly shorter: Float64Array | undefined;
  /** The greatest size of every result on the way. */
  readonly largest: Float64Array;
  /** The same of all results, and what the derivatives along the directions sum to at most. */
  readonly overall: { readonly largest: number; readonly scale: number };
}

/** How often a function is run to measure its columns by one input. */
export const runsFor = ({ probe, mode }: Pick<Mover, 'probe' | 'mode'>): number =>
  probe.at.data.length * (isAffine({ probe, mode }) ? 1 : 2 * stencilOf(probe.degree).weights.length) + 1;

/** Where a function is affine, one step gives the derivative as exactly as two. */
const isAffine = ({ probe, mode }: Pick<Mover, 'probe' | 'mode'>): boolean =>
  mode !== 'smooth' && probe.degree !== 'smooth' && probe.degree <= 1;

/** So many columns are written at once: what one line of a cache holds. */
const columnsAtOnce = 8;

/** Moves one element after the other in a program's memory, which is left as it was. */
export function measureColumns({ inputs, outputs, run }: Live, mover: Mover): Columns {
  const { probe, mode, direction, memory } = mover;
  const [x, y, d] = [inputs[probe.name]!.data, outputs.y!.data, direction.data];
  const [n, m] = [x.length, y.length];
  const [difference, largest] = [memory('columns', n * m), new Float64Array(m)];
  const shorter = mode === 'smooth' ? memory('shorter', n * m) : undefined;
  const { weights, divisor } = isAffine(mover) ? { weights: [1], divisor: 1 } : stencilOf(probe.degree);
  run();
  const centre = Float64Array.from(y);
  const [sums, shortSums] = [new Float64Array(m * columnsAtOnce), new Float64Array(m * columnsAtOnce)];
  const visit = (to: number, column: number, weight: number, shortWeight: number): void => {
    x[column] = to;
    run();
    const c = column % columnsAtOnce;
    for (let k = 0, at = c; k < m; k++, at += columnsAtOnce) sums[at]! += weight * y[k]!;
    if (shorter !== undefined)
      for (let k = 0, at = c; k < m; k++, at += columnsAtOnce) shortSums[at]! += shortWeight * y[k]!;
    if (mode !== 'exact') for (let k = 0; k < m; k++) largest[k] = Math.max(largest[k]!, Math.abs(y[k]!));
  };
  for (let first = 0; first < n; first += columnsAtOnce) {
    const below = Math.min(n, first + columnsAtOnce);
    if (isAffine(mover)) for (let at = 0; at < sums.length; at++) sums[at] = -centre[(at / columnsAtOnce) | 0]!;
    else sums.fill(0);
    shortSums.fill(0);
    for (let i = first; i < below; i++) {
      const [at, step] = [x[i]!, d[i]!];
      if (isAffine(mover)) visit(at + step, i, 1, 0);
      else
        for (const [j, weight] of weights.entries()) {
          const short = (fivePoint.weights[j] ?? 0) / fivePoint.divisor;
          visit(at + (j + 1) * step, i, weight, short);
          visit(at - (j + 1) * step, i, -weight, -short);
        }
      x[i] = at;
    }
    spread(sums, difference, first, below, n);
    if (shorter !== undefined) spread(shortSums, shorter, first, below, n);
  }
  const share = weights.reduce((sum, weight) => sum + Math.abs(weight), 0) / divisor;
  const overall = { largest: most(largest, 1), scale: mode === 'exact' ? 0 : most(difference, n) / divisor };
  return { ...mover, difference, divisor, share, shorter, largest, overall };
}

/** Puts columns `first` to `below` − 1 into rows of n. */
function spread(columns: Float64Array, rows: Float64Array, first: number, below: number, n: number): void {
  for (let k = 0, to = first; to < rows.length; k++, to += n)
    for (let c = 0; c < below - first; c++) rows[to + c] = columns[k * columnsAtOnce + c]!;
}

/** The greatest sum of the sizes of `length` neighbours, from every multiple of that on. */
function most(values: Float64Array, length: number): number {
  let greatest = 0;
  for (let from = 0; from < values.length; from += length) {
    let sum = 0;
    for (let i = from; i < from + length; i++) sum += Math.abs(values[i]!);
    greatest = Math.max(greatest, sum);
  }
  return greatest;
}

/** Compares one row, the gradient of the k-th result alone, with the columns: entry by entry. */
export function compareRow(columns: Columns, row: NdArray, k: number): 'equal' | 'wrong' | 'inconclusive' {
  const { probe, mode, condition, direction, difference, divisor, share, shorter, largest, overall } = columns;
  const [g, d, x] = [row.data, direction.data, probe.at.data];
  const n = g.length;
  if (mode === 'exact') {
    for (let i = 0, at = k * n; i < n; i++, at++) if (difference[at] !== g[i]! * d[i]! * divisor) return 'wrong';
    return 'equal';
  }
  let [terms, sum, reach] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    terms += Math.abs(g[i]! * x[i]!);
    sum += Math.abs(g[i]!);
    reach = Math.max(reach, Math.abs(d[i]!));
  }
  for (let i = 0, at = k * n; i < n; i++, at++) {
    const [numeric, analytic] = [difference[at]! / divisor, g[i]! * d[i]!];
    const truncation = shorter === undefined ? 0 : Math.abs(numeric - shorter[at]!);
    // Most of a Jacobian is zero.
    if (numeric === 0 && analytic === 0 && truncation === 0) continue;
    const known = { numeric, analytic, truncation, condition };
    const size = terms + Math.abs(analytic);
    const own = judge({ ...known, size: size + 2 * share * largest[k]!, scale: sum * reach });
    if (own.verdict === 'equal') continue;
    // A result near zero may be the sum of terms as large as the other results, and be rounded as those.
    const { verdict } = judge({ ...known, size: size + 2 * share * overall.largest, scale: overall.scale });
    if (verdict !== 'equal') return verdict;
  }
  return 'equal';
}
