import type { Shape } from '../../graph/shape.ts';
import { type Box, everyIndex, setOf } from './box.ts';

/** Axes of two shapes that hold the same elements. */
export interface AxisGroup {
  /** Axes longer than 1. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Two shapes of one size, cut into the smallest groups of axes that hold the same elements; axes of length 1 are in none. */
export function axisGroups(from: Shape, to: Shape): AxisGroup[] {
  const [a, b] = [from, to].map((shape) => shape.flatMap((size, axis) => (size === 1 ? [] : [axis])));
  const groups: AxisGroup[] = [];
  for (let [i, j] = [0, 0]; i < a!.length || j < b!.length; ) {
    const group = { from: [a![i]!], to: [b![j]!] };
    let [m, n] = [from[a![i++]!]!, to[b![j++]!]!];
    while (m !== n)
      if (m < n) {
        group.from.push(a![i]!);
        m *= from[a![i++]!]!;
      } else {
        group.to.push(b![j]!);
        n *= to[b![j++]!]!;
      }
    groups.push(group);
  }
  return groups;
}

/** The elements at the same row-major positions in another shape. The first axis of each group may go beyond its ends. */
export function samePosition(box: Box, from: Shape, to: Shape): Box[] {
  if (to.includes(0)) return [];
  let boxes: Box[] = [to.map((size) => (size === 1 ? [0] : []))];
  for (const group of axisGroups(from, to)) {
    const parts = digits(
      flatOf(
        group.from.map((axis) => box[axis]!),
        group.from.map((axis) => from[axis]!),
      ),
      group.to.map((axis) => to[axis]!),
    );
    boxes = boxes.flatMap((known) =>
      parts.map((part) => known.map((set, axis) => part[group.to.indexOf(axis)] ?? set)),
    );
  }
  return boxes;
}

/** Row-major positions of the elements of a product. */
function flatOf(sets: Box, sizes: readonly number[]): readonly number[] {
  if (sets.length === 1) return sets[0]!;
  const full = sets.every((set, k) => set === everyIndex(sizes[k]!));
  if (full) return everyIndex(sizes.reduce((a, b) => a * b, 1));
  let flat: readonly number[] = sets[0]!;
  for (let k = 1; k < sets.length; k++) {
    const inside = sets[k]!.filter((at) => at >= 0 && at < sizes[k]!);
    flat = flat.flatMap((outer) => inside.map((at) => outer * sizes[k]! + at));
  }
  return flat;
}

/** Row-major positions as products of digits. */
export function digits(flat: readonly number[], sizes: readonly number[]): Box[] {
  if (flat.length === 0) return [];
  if (sizes.length <= 1) return [sizes.length === 0 ? [] : [flat]];
  const inner = sizes.slice(1);
  const step = inner.reduce((a, b) => a * b, 1);
  if (flat === everyIndex(sizes[0]! * step)) return [sizes.map(everyIndex)];
  const rests = new Map<number, number[]>();
  for (const at of flat) {
    const leading = Math.floor(at / step);
    const rest = rests.get(leading);
    if (rest === undefined) rests.set(leading, [at - leading * step]);
    else rest.push(at - leading * step);
  }
  // Leading digits with the same rest stand together.
  const alike = new Map<string, { readonly leading: number[]; readonly rest: readonly number[] }>();
  for (const [leading, rest] of rests) {
    const key = rest.length === step ? '' : rest.join();
    const known = alike.get(key);
    if (known === undefined)
      alike.set(key, { leading: [leading], rest: rest.length === step ? everyIndex(step) : rest });
    else known.leading.push(leading);
  }
  return [...alike.values()].flatMap(({ leading, rest }) =>
    digits(rest, inner).map((part) => [setOf(leading), ...part]),
  );
}
