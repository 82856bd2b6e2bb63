import type { Arrays } from '../../backends/index.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import type { Reach } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { type Box, everyIndex, setOf } from './box.ts';
import { digits } from './same-position.ts';

/** Where elements are read whose positions are computed, as by deformable convolution. */
export interface Positions {
  /** Of inputs, parameters and states; zero unless given, which leaves the taps of deformable convolutions in place. */
  readonly values?: Arrays;
  /** How much further, in elements, positions may be along each axis; 0 unless given. */
  readonly within?: number;
}

/** What `sample` reads at the positions p[B, axes, M]: boxes of x[B, C, …]. */
export function sampledBoxes(
  box: Box,
  { axes }: Extract<Reach, { kind: 'sampled' }>,
  sizes: readonly number[],
  p: NdArray,
  within: number,
  clip: boolean,
): Box[] {
  const count = p.shape[2]!;
  const [batch, channels, places] = box as [readonly number[], readonly number[], readonly number[]];
  return batch.flatMap((b) =>
    places.map((m) => {
      const planes = axes.map(({ radius, place }, k) => {
        const at = p.data[(b * axes.length + k) * count + m]!;
        const near: number[] = [];
        for (let q = Math.floor(at - within - radius); q <= Math.ceil(at + within + radius); q++) {
          const distance = Math.abs(q - at) - within;
          if (distance > radius || (distance === radius && radius > 0.5)) continue;
          const inside = q >= 0 && q < sizes[k]! ? q : place(q);
          if (!clip || (inside >= 0 && inside < sizes[k]!)) near.push(inside);
        }
        return setOf(near);
      });
      return [[b], channels, ...planes];
    }),
  );
}

/** What `gather` reads at fixed positions after `batch` shared axes: boxes of an input of the given shape. */
export function pointedBoxes(box: Box, shape: readonly number[], at: NdArray, batch: number): Box[] {
  return eachBatch(box.slice(0, batch), at.shape).flatMap(({ index, start }) => {
    const flat = rowMajor(box.slice(batch), at.shape.slice(batch)).map((q) => at.data[start + q]!);
    const places = setOf(flat.filter((position) => position >= 0));
    return digits(places, shape.slice(batch)).map((part) => [...index, ...part]);
  });
}

/** What `scatter` reads: those whose fixed position is one of the box's. */
export function pointingBoxes(box: Box, from: readonly number[], at: NdArray, batch: number): Box[] {
  const wanted = new Set(rowMajor(box.slice(batch), from.slice(batch)));
  const size = sizeOf(at.shape.slice(batch));
  return eachBatch(box.slice(0, batch), at.shape).flatMap(({ index, start }) => {
    const found = everyIndex(size).filter((q) => wanted.has(at.data[start + q]!));
    return digits(found, at.shape.slice(batch)).map((part) => [...index, ...part]);
  });
}

/** Every index of the shared axes, and where its block starts. */
function eachBatch(sets: Box, shape: readonly number[]): { index: Box; start: number }[] {
  const size = sizeOf(shape.slice(sets.length));
  let all: { index: Box; start: number }[] = [{ index: [], start: 0 }];
  sets.forEach((set, axis) => {
    all = all.flatMap(({ index, start }) =>
      set.map((i) => ({ index: [...index, [i]], start: start * shape[axis]! + i })),
    );
  });
  return all.map(({ index, start }) => ({ index, start: start * size }));
}

/** Row-major positions of the elements of a box that are inside. */
function rowMajor(box: Box, shape: readonly number[]): number[] {
  let flat = [0];
  box.forEach((set, axis) => {
    const inside = set.filter((i) => i >= 0 && i < shape[axis]!);
    flat = flat.flatMap((outer) => inside.map((i) => outer * shape[axis]! + i));
  });
  return flat;
}
