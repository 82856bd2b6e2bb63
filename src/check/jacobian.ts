import type { Live } from '../backends/backend.ts';
import type { NdArray } from '../graph/nd-array.ts';
import { type Measured, stencilOf, uncertaintyOf, type Verdict, verdictOf } from './compare.ts';
import { fivePoint, type Stencil } from './stencil.ts';

/**
 * The analytic Jacobian by every input, results × elements: one run of the pullback for every result alone. `memory` is
 * asked for so many numbers that may hold anything, the same ones every time.
 */
export function measureRows(
  { inputs, outputs, run }: Live,
  cotangent: string,
  memory: (use: string, length: number) => Float64Array,
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
}

/** The results whose derivatives are not all equal, and the worst that is to be said of them. */
export type Unequal = ReadonlyMap<number, Exclude<Verdict, 'equal'>>;

/**
 * Moves one element of an input after the other in a program's memory, which is left as it was, and holds the differences
 * of all results against the analytic Jacobian, entry by entry. That is read down columns: eight neighbouring ones share
 * the lines of the cache that they lie in.
 */
export function compareColumns(live: Live, mover: Mover): Unequal {
  const unequal = new Map<number, Exclude<Verdict, 'equal'>>();
  const note = (result: number, verdict: Verdict): void => {
    if (verdict !== 'equal' && unequal.get(result) !== 'wrong') unequal.set(result, verdict);
  };
  if (mover.mode === 'exact') compareExactly(live, mover, note);
  else compareRounded(live, mover, note);
  return unequal;
}

type Note = (result: number, verdict: Verdict) => void;

/**
 * Most functions are affine by a single element where they are not by all together: then a step to one side shows the
 * derivative. A wrong one shows itself as right only if it is off by just what the steps, which are drawn, make of the
 * higher ones. Where it does not agree, the stencil for the function's degree decides.
 */
function compareExactly({ inputs, outputs, run }: Live, { probe, direction, rows }: Mover, note: Note): void {
  const [x, y, d] = [inputs[probe.name]!.data, outputs.y!.data, direction.data];
  const [n, m] = [x.length, y.length];
  const stencil = stencilOf(probe.degree);
  const difference = new Float64Array(m);
  run();
  const centre = Float64Array.from(y);
  for (let i = 0; i < n; i++) {
    const at = x[i]!;
    const step = d[i]!;
    x[i] = at + step;
    run();
    let k = 0;
    for (let entry = i; k < m && y[k]! - centre[k]! === rows[entry]! * step; entry += n) k++;
    if (k < m) {
      difference.fill(0);
      for (const { steps, weight } of pointsOf(stencil)) {
        x[i] = at + steps * step;
        run();
        for (let j = 0; j < m; j++) difference[j]! += weight * y[j]!;
      }
      for (let j = 0; j < m; j++) if (difference[j] !== rows[j * n + i]! * step * stencil.divisor) note(j, 'wrong');
    }
    x[i] = at;
  }
}

const fromCentre: Stencil = { weights: [1], divisor: 1 };

/** With the bound of roundings and, for functions that are no polynomials, an estimate of what the stencil leaves off. */
function compareRounded({ inputs, outputs, run }: Live, mover: Mover, note: Note): void {
  const { probe, mode, condition, direction, rows } = mover;
  const [x, y, d] = [inputs[probe.name]!.data, outputs.y!.data, direction.data];
  const [n, m] = [x.length, y.length];
  // An affine function shows its derivatives by steps from the point itself.
  const affine = probe.degree !== 'smooth' && probe.degree <= 1;
  const { weights, divisor } = affine ? fromCentre : stencilOf(probe.degree);
  const points = pointsOf({ weights, divisor }).slice(0, affine ? 1 : undefined);
  const share = weights.reduce((sum, weight) => sum + Math.abs(weight), 0) / divisor;
  run();
  const start = Float64Array.from(y, (value) => (affine ? -value : 0));
  const [difference, shorter, largest] = [new Float64Array(m), new Float64Array(m), new Float64Array(m)];
  const { terms, scales } = sizesOf(rows, probe.at.data, d);
  const scale = most(scales);
  for (let i = 0; i < n; i++) {
    const at = x[i]!;
    const step = d[i]!;
    for (let p = 0; p < points.length; p++) {
      const { steps, weight, shortWeight } = points[p]!;
      x[i] = at + steps * step;
      run();
      for (let k = 0; k < m; k++) {
        const value = y[k]!;
        const size = Math.abs(value);
        difference[k] = (p === 0 ? start[k]! : difference[k]!) + weight * value;
        if (mode === 'smooth') shorter[k] = (p === 0 ? 0 : shorter[k]!) + shortWeight * value;
        if (p === 0 || size > largest[k]!) largest[k] = size;
      }
    }
    x[i] = at;
    const widest = most(largest);
    for (let k = 0, entry = i; k < m; k++, entry += n) {
      // Most of a Jacobian is zero.
      if (difference[k] === 0 && rows[entry] === 0 && shorter[k] === 0) continue;
      const numeric = difference[k]! / divisor;
      const analytic = rows[entry]! * step;
      const truncation = mode === 'smooth' ? Math.abs(numeric - shorter[k]!) : 0;
      const size = terms[k]! + Math.abs(analytic);
      const own = uncertaintyOf(size + 2 * share * largest[k]!, condition, truncation);
      if (verdictOf(numeric, analytic, own, scales[k]!, truncation === 0) === 'equal') continue;
      // A result near zero may be the sum of terms as large as the other results, and be rounded as those.
      const common = uncertaintyOf(size + 2 * share * widest, condition, truncation);
      note(k, verdictOf(numeric, analytic, common, scale, truncation === 0));
    }
  }
}

/** Per result, what its linear terms sum to without signs, and its derivatives along all components of a direction. */
function sizesOf(
  rows: Float64Array,
  x: ArrayLike<number>,
  d: ArrayLike<number>,
): { readonly terms: Float64Array; readonly scales: Float64Array } {
  const n = x.length;
  const m = n === 0 ? 0 : rows.length / n;
  const [terms, scales] = [new Float64Array(m), new Float64Array(m)];
  for (let k = 0, entry = 0; k < m; k++)
    for (let i = 0; i < n; i++, entry++) {
      if (rows[entry] === 0) continue;
      terms[k]! += Math.abs(rows[entry]! * x[i]!);
      scales[k]! += Math.abs(rows[entry]! * d[i]!);
    }
  return { terms, scales };
}

/** Where a stencil looks, with its weights there and those of the shorter one. */
function pointsOf({ weights }: Stencil): readonly {
  readonly steps: number;
  readonly weight: number;
  readonly shortWeight: number;
}[] {
  return weights.flatMap((weight, j) => {
    const shortWeight = (fivePoint.weights[j] ?? 0) / fivePoint.divisor;
    return [
      { steps: j + 1, weight, shortWeight },
      { steps: -j - 1, weight: -weight, shortWeight: -shortWeight },
    ];
  });
}

function most(values: Float64Array): number {
  let greatest = 0;
  for (let k = 0; k < values.length; k++) greatest = Math.max(greatest, values[k]!);
  return greatest;
}
