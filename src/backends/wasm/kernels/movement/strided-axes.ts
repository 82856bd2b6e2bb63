import { type Shape, sizeOf, stridesOf } from '../../../../graph/shape.ts';

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

/**
 * The strides with which a tensor's elements are read in their order under another shape; undefined where that takes more
 * than one stride per axis.
 */
export function reshaped(shape: Shape, strides: readonly number[], to: Shape): number[] | undefined {
  if (sizeOf(shape) === 0) return stridesOf(to);
  // The same path on both sides: axes become one wherever it runs through them in one go.
  const runs = copyAxes(shape, { offset: 0, strides }, { offset: 0, strides });
  const result = to.map(() => 0);
  let { size: left, from: step } = runs.pop() ?? { size: 1, from: 1 };
  for (let k = to.length - 1; k >= 0; k--) {
    const size = to[k]!;
    if (size === 1) continue;
    if (left === 1) ({ size: left, from: step } = runs.pop()!);
    if (left % size !== 0) return undefined;
    result[k] = step;
    step *= size;
    left /= size;
  }
  return result;
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
