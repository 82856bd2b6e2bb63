import type { NdArray } from '../../graph/nd-array.ts';
import { sizeOf, stridesOf } from '../../graph/shape.ts';
import type { ArgmaxWindowAttributes } from './argmax-window.ts';

/** Fills y with the flat positions of window maxima, plane by plane. */
export function windowMaxima(x: NdArray, { axes, ties }: ArgmaxWindowAttributes, y: NdArray): void {
  const lead = x.shape.length - axes.length;
  const xs = x.shape.slice(lead);
  const ys = y.shape.slice(lead);
  const xPlane = sizeOf(xs);
  const planes = sizeOf(x.shape.slice(0, lead));
  // Per window, the positions it reads: the same for every plane.
  const windows = windowPositions(axes, xs, ys);
  const last = ties === 'last';
  for (let plane = 0, out = 0; plane < planes; plane++) {
    const base = plane * xPlane;
    for (let i = 0, from = 0; i < windows.ends.length; i++, out++) {
      let best = -1;
      let value = 0;
      for (const end = windows.ends[i]!; from < end; from++) {
        const at = windows.positions[from]!;
        const next = x.data[base + at]!;
        // NaN compares false with everything, so it is asked for by name.
        const greater = Number.isNaN(value) ? last && Number.isNaN(next) : next > value || Number.isNaN(next);
        if (best < 0 || greater || (last && next === value)) {
          best = at;
          value = next;
        }
      }
      y.data[out] = best;
    }
  }
}

interface Windows {
  /** Positions of all windows one after the other, each in row-major order. */
  readonly positions: Int32Array;
  /** Where each window's positions end. */
  readonly ends: Int32Array;
}

function windowPositions(axes: ArgmaxWindowAttributes['axes'], xs: readonly number[], ys: readonly number[]): Windows {
  const strides = stridesOf(xs);
  const ends = new Int32Array(sizeOf(ys));
  const positions: number[] = [];
  // Per axis and output index, the offsets inside x.
  const inside = axes.map(({ window, stride, lo, dilation }, axis) =>
    Array.from({ length: ys[axis]! }, (_, p) =>
      Array.from({ length: window }, (_, k) => p * stride + k * dilation - lo)
        .filter((q) => q >= 0 && q < xs[axis]!)
        .map((q) => q * strides[axis]!),
    ),
  );
  const index = new Array<number>(axes.length).fill(0);
  for (let i = 0; i < ends.length; i++) {
    collect(inside, index, 0, 0, positions);
    ends[i] = positions.length;
    for (let axis = axes.length - 1; axis >= 0 && ++index[axis]! === ys[axis]!; axis--) index[axis] = 0;
  }
  return { positions: Int32Array.from(positions), ends };
}

function collect(
  inside: readonly (readonly (readonly number[])[])[],
  index: readonly number[],
  axis: number,
  offset: number,
  positions: number[],
): void {
  if (axis === inside.length) {
    positions.push(offset);
    return;
  }
  for (const step of inside[axis]![index[axis]!]!) collect(inside, index, axis + 1, offset + step, positions);
}
