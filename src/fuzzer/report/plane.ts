import { type Region, regionOf } from '../../check/regions.ts';
import { type Shape, sizeOf, stridesOf } from '../../graph/shape.ts';
import type { Compared } from '../job.ts';

/** One plane of two gradients, the one where they differ most. */
export interface Plane {
  readonly rows: number;
  readonly columns: number;
  /** Where the plane lies: `:` for its own axes. */
  readonly index: readonly string[];
  readonly analytic: readonly number[];
  readonly numeric: readonly number[];
  readonly difference: readonly number[];
  /** Elements that differ, by where they lie in the plane, of how many. */
  readonly wrong: { readonly [R in Region]: { readonly count: number; readonly of: number } };
}

/** Rounding is not drawn as a difference. */
const negligible = 1e-9;

/**
 * The plane to be drawn: the last two axes with more than one element, for channels stand last in some libraries.
 * Undefined for an empty tensor.
 */
export function planeOf({ shape, analytic, numeric }: Compared): Plane | undefined {
  if (sizeOf(shape) === 0) return undefined;
  const difference = analytic.map((value, i) => differenceOf(value, numeric[i]!));
  const sizes = difference.map((value) => (Number.isFinite(value) ? Math.abs(value) : Number.POSITIVE_INFINITY));
  let worst = 0;
  for (const [i, value] of sizes.entries()) if (value > sizes[worst]!) worst = i;
  const { axes, rows, columns, elements } = planeAt(worst, shape);
  const cut = (values: readonly number[]): number[] => elements.map((i) => values[i]!);
  const scale = Math.max(...numeric.filter(Number.isFinite).map(Math.abs), 0);
  const wrong = { corner: { count: 0, of: 0 }, edge: { count: 0, of: 0 }, interior: { count: 0, of: 0 } };
  for (const [i, value] of cut(sizes).entries()) {
    const region = wrong[regionOf(i, [rows, columns])];
    region.of++;
    if (value > negligible * scale) region.count++;
  }
  const at = indexOf(worst, shape);
  return {
    rows,
    columns,
    index: at.map((place, axis) => (axes.includes(axis) ? ':' : `${place}`)),
    analytic: cut(analytic),
    numeric: cut(numeric),
    difference: cut(difference),
    wrong,
  };
}

/** Equal infinities do not differ, and neither do NaNs. */
const differenceOf = (a: number, b: number): number => (Object.is(a, b) ? 0 : a - b);

/** The elements of the plane through one of them, row by row. */
function planeAt(
  element: number,
  shape: Shape,
): {
  readonly axes: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly elements: readonly number[];
} {
  const long = shape.flatMap((extent, axis) => (extent > 1 ? [axis] : [])).slice(-2);
  const axes = long.length === 2 || shape.length < 2 ? long : [shape.length - 2, shape.length - 1];
  const strides = stridesOf(shape);
  const index = indexOf(element, shape);
  const start = index.reduce((sum, at, axis) => sum + (axes.includes(axis) ? 0 : at * strides[axis]!), 0);
  const column = axes.at(-1);
  const row = axes.length > 1 ? axes[0] : undefined;
  const [rows, columns] = [row === undefined ? 1 : shape[row]!, column === undefined ? 1 : shape[column]!];
  const [down, right] = [row === undefined ? 0 : strides[row]!, column === undefined ? 0 : strides[column]!];
  const elements = Array.from(
    { length: rows * columns },
    (_, i) => start + Math.floor(i / columns) * down + (i % columns) * right,
  );
  return { axes, rows, columns, elements };
}

function indexOf(flat: number, shape: Shape): number[] {
  const strides = stridesOf(shape);
  return shape.map((extent, axis) => Math.floor(flat / strides[axis]!) % extent);
}
