import type { NdArray } from '../../graph/nd-array.ts';
import { sizeOf, stridesOf } from '../../graph/shape.ts';
import { beats } from '../reduce/beats.ts';
import { sumsOf } from '../reduce/sums-of.ts';
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
  for (let plane = 0, out = 0; plane < planes; plane++) {
    const base = plane * xPlane;
    for (let i = 0, from = 0; i < windows.ends.length; i++, out++) {
      let best = -1;
      let value = 0;
      for (const end = windows.ends[i]!; from < end; from++) {
        const at = windows.positions[from]!;
        const next = x.data[base + at]!;
        if (best < 0 || beats(next, value, ties)) {
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
    for (const at of sumsOf(inside.map((places, axis) => places[index[axis]!]!))) positions.push(at);
    ends[i] = positions.length;
    for (let axis = axes.length - 1; axis >= 0 && ++index[axis]! === ys[axis]!; axis--) index[axis] = 0;
  }
  return { positions: Int32Array.from(positions), ends };
}
