/** A product of sets of indices, one set per axis, each increasing. Indices outside an axis stand for padding. */
export type Box = readonly (readonly number[])[];

const ranges: number[][] = [];

/** 0 to `size` − 1; always the same array, so that comparing it is cheap. */
export function everyIndex(size: number): readonly number[] {
  ranges[size] ??= Array.from({ length: size }, (_, i) => i);
  return ranges[size];
}

const isEmpty = (box: Box): boolean => box.some((set) => set.length === 0);

/** Numbers sorted, each once. */
export function setOf(numbers: Iterable<number>): number[] {
  const array = [...new Set(numbers)];
  return array.sort((a, b) => a - b);
}

/** More boxes than these for one tensor become the one box that holds all. */
const mostBoxes = 512;

/** The union of boxes of one tensor, with as few of them as come of merging those that differ along one axis only. */
export class Union {
  readonly boxes: Box[] = [];
  /** Whether boxes were too many, so that the union holds elements that no box did. */
  rounded = false;

  add(box: Box): void {
    if (isEmpty(box)) return;
    let fresh = box;
    for (let i = 0; i < this.boxes.length; i++) {
      const other = this.boxes[i]!;
      const apart = differing(other, fresh);
      if (apart === 'none' || apart === 'second within') return;
      if (apart === 'several') continue;
      // The merged box may be next to others: begin again.
      this.boxes.splice(i, 1);
      if (apart !== 'first within') fresh = fresh.with(apart, setOf([...other[apart]!, ...fresh[apart]!]));
      i = -1;
    }
    this.boxes.push(fresh);
    if (this.boxes.length <= mostBoxes) return;
    const hull = fresh.map((_, axis) => this.along(axis));
    this.boxes.splice(0, this.boxes.length, hull);
    this.rounded = true;
  }

  /** The indices along an axis, of all boxes. */
  along(axis: number): number[] {
    return setOf(this.boxes.flatMap((box) => box[axis]!));
  }
}

/** How two boxes differ: along one axis, in several, or one holds the other. */
function differing(a: Box, b: Box): number | 'none' | 'first within' | 'second within' | 'several' {
  let axis = -1;
  let count = 0;
  let [inA, inB] = [true, true];
  for (let k = 0; k < a.length; k++) {
    if (sameSet(a[k]!, b[k]!)) continue;
    axis = k;
    count++;
    inA &&= within(b[k]!, a[k]!);
    inB &&= within(a[k]!, b[k]!);
    if (count > 1 && !inA && !inB) return 'several';
  }
  if (count === 0) return 'none';
  if (inA) return 'second within';
  if (inB) return 'first within';
  return count === 1 ? axis : 'several';
}

const sameSet = (a: readonly number[], b: readonly number[]): boolean =>
  a === b || (a.length === b.length && a.every((value, i) => value === b[i]));

/** Whether all of `a` are in `b`, both increasing. */
function within(a: readonly number[], b: readonly number[]): boolean {
  if (a.length > b.length) return false;
  let i = 0;
  for (const value of a) {
    while (i < b.length && b[i]! < value) i++;
    if (b[i] !== value) return false;
  }
  return true;
}
