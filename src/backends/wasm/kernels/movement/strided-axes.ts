import type { Shape } from '../../../../graph/shape.ts';

/** One axis of a copy, strides in elements. */
export interface CopyAxis {
  readonly size: number;
  readonly from: number;
  readonly to: number;
}

/** Where a copy reads or writes: element (i, j, …) stands at offset + i·strides[0] + j·strides[1] + …, in elements. */
export interface Path {
  readonly offset: number;
  readonly strides: readonly number[];
}

/** The axes of a copy without those of size 1; axes that both paths run through in one go become one. */
export function copyAxes(shape: Shape, from: Path, to: Path): CopyAxis[] {
  const merged: CopyAxis[] = [];
  shape.forEach((size, k) => {
    if (size === 1) return;
    const axis = { size, from: from.strides[k]!, to: to.strides[k]! };
    const outer = merged.at(-1);
    if (outer !== undefined && outer.from === axis.from * size && outer.to === axis.to * size)
      merged[merged.length - 1] = { ...axis, size: outer.size * size };
    else merged.push(axis);
  });
  return merged;
}
