import type { AxisReach } from '../../graph/reach.ts';
import { type Shape, sizeOf, stridesOf } from '../../graph/shape.ts';
import { everyIndex, setOf } from './box.ts';
import type { Choices } from './choices.ts';

/** Flat positions that each element may hold, in increasing order. */
export interface ChosenPlaces {
  /** Of the elements; 1 along axes where all hold the same. */
  readonly shape: Shape;
  readonly sets: readonly (readonly number[])[];
}

/** What choices are as positions; negative ones are none. */
export const placesOf = (choices: Choices): ChosenPlaces => ({
  shape: choices[0]!.shape,
  sets: Array.from(choices[0]!.data, (_, i) => setOf(choices.flatMap(({ data }) => (data[i]! < 0 ? [] : [data[i]!])))),
});

/** The elements, as flat positions after the first `batch` axes of `full`, that may hold a position in common with each. */
export function sharersOf({ shape, sets }: ChosenPlaces, full: Shape, batch: number): ChosenPlaces | undefined {
  if (shape.slice(0, batch).some((size) => size !== 1)) return undefined;
  const elements = full.slice(batch);
  const [strides, places] = [stridesOf(elements), stridesOf(shape)];
  const setsOfAll = everyIndex(sizeOf(elements)).map(
    (i) =>
      sets[
        strides.reduce((at, stride, k) => {
          const index = shape[batch + k] === 1 ? 0 : Math.floor(i / stride) % elements[k]!;
          return at + index * places[batch + k]!;
        }, 0)
      ]!,
  );
  const holders = new Map<number, number[]>();
  for (const [i, set] of setsOfAll.entries())
    for (const place of set) holders.set(place, [...(holders.get(place) ?? []), i]);
  return {
    shape: full.map((size, axis) => (axis < batch ? 1 : size)),
    sets: setsOfAll.map((set) => setOf(set.flatMap((place) => holders.get(place)!))),
  };
}

/**
 * Flat positions in a plane that elements may hold, taken apart axis by axis: which indices of each axis of the plane may
 * be, by the index on one axis of the elements.
 *
 * @returns undefined where no product of axes says exactly the same, or where it changes along the first `batch` axes
 */
export function chosenAxes(
  { shape, sets: chosen }: ChosenPlaces,
  plane: Shape,
  batch: number,
): AxisReach[] | undefined {
  if (shape.slice(0, batch).some((size) => size !== 1)) return undefined;
  const [strides, places] = [stridesOf(shape), stridesOf(plane)];
  const elements = chosen.map((flat, i) => {
    const sets = plane.map((size, k) => setOf(flat.map((at) => Math.floor(at / places[k]!) % size)));
    return { index: strides.map((stride, axis) => Math.floor(i / stride) % shape[axis]!), sets, count: flat.length };
  });
  const axes: (AxisReach & { kind: 'all' | 'rows' })[] = [];
  for (const [k, size] of plane.entries()) {
    // First whether it is the same everywhere.
    const reach = [-1, ...everyIndex(shape.length).slice(batch)].flatMap((axis) => {
      const rows = rowsAlong(
        elements.map(({ index, sets, count }) => ({ at: index[axis] ?? 0, set: count === 0 ? undefined : sets[k]! })),
      );
      if (rows === undefined) return [];
      const all = axis < 0 && rows.get(0)?.length === size;
      const row = (at: number): readonly number[] => rows.get(axis < 0 ? 0 : at) ?? [];
      return [
        all ? { kind: 'all' as const } : { kind: 'rows' as const, axis: Math.max(axis, 0), row, bounded: axis < 0 },
      ];
    })[0];
    if (reach === undefined) return undefined;
    axes.push(reach);
  }
  const isProduct = elements.every(
    ({ index, count }) =>
      count ===
      axes.reduce(
        (n, reach, k) => n * (reach.kind === 'all' ? plane[k]! : reach.row(index[reach.axis] ?? 0).length),
        1,
      ),
  );
  return isProduct ? axes : undefined;
}

/** One set for each place, if all that have one agree. */
function rowsAlong(
  elements: readonly { readonly at: number; readonly set: readonly number[] | undefined }[],
): ReadonlyMap<number, readonly number[]> | undefined {
  const rows = new Map<number, readonly number[]>();
  for (const { at, set } of elements) {
    if (set === undefined) continue;
    const known = rows.get(at);
    if (known === undefined) rows.set(at, set);
    else if (known.length !== set.length || known.some((value, i) => value !== set[i])) return undefined;
  }
  return rows;
}

/**
 * The other way about: which elements of a plane of the given shape may hold an index, by that index; undefined where one
 * axis of them decides about several.
 *
 * @param axes of the plane that is pointed into, by axes of the elements that follow `batch` others
 */
export function turnedAxes(axes: readonly AxisReach[], elements: Shape, batch: number): AxisReach[] | undefined {
  const turned: AxisReach[] = elements.map(() => ({ kind: 'all' }));
  for (const [k, reach] of axes.entries()) {
    if (reach.kind === 'all') continue;
    if (reach.kind === 'window' || turned[reach.axis - batch]?.kind !== 'all') return undefined;
    const holders = new Map<number, number[]>();
    for (const at of everyIndex(elements[reach.axis - batch]!))
      for (const index of reach.row(at)) holders.set(index, [...(holders.get(index) ?? []), at]);
    turned[reach.axis - batch] = { kind: 'rows', axis: batch + k, row: (index) => holders.get(index) ?? [] };
  }
  return turned;
}
