import type { AxisClass } from './axis-classes.ts';
import type { Correlation } from './correlation.ts';
import { filledUp, type OffsetTables, offsetTable } from './offset-table.ts';
import { vectorOf } from './tile.ts';
import { phased, type WindowView } from './window-view.ts';

/** Places of the tables of one class of dot products. */
export interface DotTables {
  /** Bytes from a result's base to the vector of x of each step. */
  readonly stepTable: number;
  /** For each result of an output channel: where its x begins, and where it goes in y. */
  readonly xTable: number;
  readonly yTable: number;
}

/** Makes the tables; those of results are filled up to `padded` entries. */
export function addDotTables(
  tables: OffsetTables,
  problem: Correlation,
  view: WindowView,
  {
    classes,
    steps,
    padded,
  }: { readonly classes: readonly AxisClass[]; readonly steps: number; readonly padded: number },
): DotTables {
  const { dtype, batch, channels } = problem;
  const { bytes, lanes } = vectorOf[dtype];
  const [outer, last] = [classes.slice(0, -1), classes.at(-1)!];
  const { origin, rows } = view;
  const { y } = problem.strides;
  const stepOffsets = offsetTable(0, [
    { count: channels, step: (c) => c * view.channel },
    ...outer.map(({ k, byK }, i) => ({ count: k.count, step: (j: number) => j * byK * rows[i]! })),
    { count: Math.ceil(last.k.count / lanes), step: (j) => 16 * j },
  ]);
  const xOffsets = offsetTable(0, [
    { count: batch, step: (n) => n * view.batch },
    ...outer.map(({ p, q, byP }, i) => ({
      count: p.count,
      step: (k: number) => (q - origin[i]! + k * byP) * rows[i]!,
    })),
    { count: last.p.count, step: (k) => phased(last.q - origin.at(-1)! + k * last.byP, view, bytes) },
  ]);
  const yOffsets = offsetTable(0, [
    { count: batch, step: (n) => n * bytes * y.outer },
    ...classes.map(({ p }, i) => ({
      count: p.count,
      step: (k: number) => (p.first + k * p.step) * bytes * y.axes[i]!,
    })),
  ]);
  // The last tile computes the last result more than once where the number does not fit; without steps nothing is read.
  return {
    stepTable: tables.add(steps === 0 ? new Int32Array() : stepOffsets),
    xTable: tables.add(steps === 0 ? new Int32Array(padded) : filledUp(xOffsets, padded)),
    yTable: tables.add(filledUp(yOffsets, padded)),
  };
}
