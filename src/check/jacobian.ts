import type { Live } from '../backends/backend.ts';
import type { NdArray } from '../graph/nd-array.ts';
import { type Measured, stencilOf, uncertaintyOf, type Verdict, verdictOf } from './compare.ts';
import { fivePoint } from './stencil.ts';

type Memory = (use: string, length: number) => Float64Array;

/** The analytic Jacobian by every input, results × elements: one run of the pullback for every result alone. */
export function measureRows(
  { inputs, outputs, run }: Live,
  cotangent: string,
  memory: Memory,
): ReadonlyMap<string, Float64Array> {
  const { data: u } = inputs[cotangent]!;
  const gradients = Object.entries(outputs).map(([name, { data }]) => {
    return { name, data, rows: memory(`rows ${name}`, u.length * data.length) };
  });
  u.fill(0);
  for (let k = 0; k < u.length; k++) {
    u[k] = 1;
    run();
    for (const { data, rows } of gradients) rows.set(data, k * data.length);
    u[k] = 0;
  }
  return new Map(gradients.map(({ name, rows }) => [name, rows]));
}

/** What moves one input, element by element, and how its derivatives are compared. */
export interface Mover extends Pick<Measured, 'probe' | 'mode' | 'condition'> {
  /** How far each element is moved. */
  readonly direction: NdArray;
  /** The analytic Jacobian, results × elements. */
  readonly rows: Float64Array;
  /** Memory for so many numbers that may hold anything: for large matrices, the same one every time. */
  readonly memory: Memory;
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
  /** The same of all results, what a result's derivatives along the directions sum to at most, and the longest step. */
  readonly overall: { readonly largest: number; readonly scale: number; readonly reach: number };
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
  const { probe, mode, direction, rows, memory } = mover;
  const [x, y, d] = [inputs[probe.name]!.data, outputs.y!.data, direction.data];
  const [n, m] = [x.length, y.length];
  const [difference, largest] = [memory(`columns ${probe.name}`, n * m), new Float64Array(m)];
  const shorter = mode === 'smooth' ? memory(`shorter ${probe.name}`, n * m) : undefined;
  const affine = isAffine(mover);
  const { weights, divisor } = affine ? { weights: [1], divisor: 1 } : stencilOf(probe.degree);
  run();
  const centre = Float64Array.from(y);
  const [sums, shortSums] = [new Float64Array(m * columnsAtOnce), new Float64Array(m * columnsAtOnce)];
  const grow = (): void => {
    for (let k = 0; k < m; k++) {
      const size = Math.abs(y[k]!);
      if (size > largest[k]!) largest[k] = size;
    }
  };
  /** Adds the results times a weight to a column, or begins it with them. */
  const add = (all: Float64Array, c: number, weight: number, begin: boolean): void => {
    if (begin) for (let k = 0, at = c; k < m; k++, at += columnsAtOnce) all[at] = weight * y[k]!;
    else for (let k = 0, at = c; k < m; k++, at += columnsAtOnce) all[at]! += weight * y[k]!;
  };
  const points = pointsOf(weights);
  /**
   * Most functions are affine by a single element where they are not by all together: then a step to one side shows the
   * derivative. A wrong one shows itself as right only if it is off by just what the steps, which are drawn, make of the
   * higher ones.
   */
  const agreesOnOneSide = (i: number, at: number): boolean => {
    const step = d[i]!;
    x[i] = at + step;
    run();
    let k = 0;
    for (let entry = i; k < m && y[k]! - centre[k]! === rows[entry]! * step; entry += n) k++;
    return k === m;
  };
  for (let first = 0; first < n; first += columnsAtOnce) {
    const below = Math.min(n, first + columnsAtOnce);
    for (let i = first, c = 0; i < below; i++, c++) {
      const at = x[i]!;
      const step = d[i]!;
      if (affine) {
        x[i] = at + step;
        run();
        if (mode !== 'exact') grow();
        for (let k = 0, to = c; k < m; k++, to += columnsAtOnce) sums[to] = y[k]! - centre[k]!;
      } else if (mode === 'exact' && agreesOnOneSide(i, at)) {
        for (let k = 0, to = c; k < m; k++, to += columnsAtOnce) sums[to] = (y[k]! - centre[k]!) * divisor;
      } else
        for (let p = 0; p < points.length; p++) {
          const { steps, weight, shortWeight } = points[p]!;
          x[i] = at + steps * step;
          run();
          if (mode !== 'exact') grow();
          add(sums, c, weight, p === 0);
          if (shorter !== undefined) add(shortSums, c, shortWeight, p === 0);
        }
      x[i] = at;
    }
    spread(sums, difference, first, below, n);
    if (shorter !== undefined) spread(shortSums, shorter, first, below, n);
  }
  const share = weights.reduce((sum, weight) => sum + Math.abs(weight), 0) / divisor;
  const scale = mode === 'exact' ? 0 : most(difference, n) / divisor;
  const overall = { largest: most(largest, 1), scale, reach: most(d, 1) };
  return { ...mover, difference, divisor, share, shorter, largest, overall };
}

/** Where a stencil looks, with its weights there and those of the shorter one. */
const pointsOf = (weights: readonly number[]) =>
  weights.flatMap((weight, j) => {
    const shortWeight = (fivePoint.weights[j] ?? 0) / fivePoint.divisor;
    return [
      { steps: j + 1, weight, shortWeight },
      { steps: -j - 1, weight: -weight, shortWeight: -shortWeight },
    ];
  });

/** Puts columns `first` to `below` − 1 into rows of n. */
function spread(columns: Float64Array, rows: Float64Array, first: number, below: number, n: number): void {
  for (let k = 0, to = first; to < rows.length; k++, to += n)
    for (let c = 0, from = k * columnsAtOnce; c < below - first; c++, from++) rows[to + c] = columns[from]!;
}

/** The greatest sum of the sizes of `length` neighbours, from every multiple of that on. */
function most(values: ArrayLike<number>, length: number): number {
  let greatest = 0;
  for (let from = 0; from < values.length; from += length) {
    let sum = 0;
    for (let i = from; i < from + length; i++) sum += Math.abs(values[i]!);
    greatest = Math.max(greatest, sum);
  }
  return greatest;
}

/** Compares one row, the gradient of the k-th result alone, with the columns: entry by entry. */
export function compareRow(columns: Columns, k: number): Verdict {
  const { probe, mode, condition, direction, rows, difference, divisor, share, shorter, largest, overall } = columns;
  const [d, x] = [direction.data, probe.at.data];
  const [n, from] = [x.length, k * x.length];
  if (mode === 'exact') {
    for (let i = 0, at = from; i < n; i++, at++) if (difference[at] !== rows[at]! * d[i]! * divisor) return 'wrong';
    return 'equal';
  }
  let terms = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const g = rows[from + i]!;
    if (g === 0) continue;
    terms += Math.abs(g * x[i]!);
    sum += Math.abs(g);
  }
  for (let i = 0, at = from; i < n; i++, at++) {
    // Most of a Jacobian is zero.
    if (difference[at] === 0 && rows[at] === 0 && (shorter === undefined || shorter[at] === 0)) continue;
    const numeric = difference[at]! / divisor;
    const analytic = rows[at]! * d[i]!;
    const truncation = shorter === undefined ? 0 : Math.abs(numeric - shorter[at]!);
    const size = terms + Math.abs(analytic);
    const own = uncertaintyOf(size + 2 * share * largest[k]!, condition, truncation);
    if (verdictOf(numeric, analytic, own, sum * overall.reach, truncation === 0) === 'equal') continue;
    // A result near zero may be the sum of terms as large as the other results, and be rounded as those.
    const common = uncertaintyOf(size + 2 * share * overall.largest, condition, truncation);
    const verdict = verdictOf(numeric, analytic, common, overall.scale, truncation === 0);
    if (verdict !== 'equal') return verdict;
  }
  return 'equal';
}
