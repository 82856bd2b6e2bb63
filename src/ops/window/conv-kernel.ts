import type { NdArray } from '../../graph/nd-array.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import type { ConvAttributes } from './conv.ts';
import { axpy, axpyFour, dot, dotFour } from './conv-passes.ts';
import { cover, type Rectangle } from './window-cover.ts';

/** Taps (or positions) that one pass handles together: more would not stay in registers. */
const widest = 3;

/**
 * Correlation: sums in double precision, in an order that the shapes alone decide.
 *
 * Along each axis, the pairs (output position, kernel tap) that read inside x form few rectangles (`cover`); the loops
 * run over these, the longer side innermost: training makes both small kernels over large planes and, in weight
 * gradients, large kernels with small outputs. Four output channels at a time share what is read of x.
 */
export function correlate(x: NdArray, w: NdArray, { axes, groups }: ConvAttributes, y: NdArray): void {
  const [batch, channels, ...xs] = x.shape as [number, number, ...number[]];
  const [outputs, inputs, ...ws] = w.shape as [number, number, ...number[]];
  const ys = y.shape.slice(2);
  const [xData, wData] = [doubles(x), doubles(w)];
  const [xPlane, wPlane, yPlane] = [sizeOf(xs), sizeOf(ws), sizeOf(ys)];
  const { stride, wDilation, xDilation, lo } = axes.at(-1)!;
  const [size, row] = [xs.at(-1)!, ys.at(-1)!];
  const position = { length: row, step: stride };
  const tap = { length: ws.at(-1)!, step: wDilation };
  const alongRow = position.length >= tap.length;
  const rectangles = alongRow
    ? cover(position, tap, lo, size, xDilation, widest)
    : cover(tap, position, lo, size, xDilation, widest);
  const byChannels = alongRow ? overChannels(rectangles, wPlane, xPlane) : [rectangles];
  const [four, one] = alongRow ? [axpyFour, axpy] : [dotFour, dot];
  const rows = rowTriples(axes, xs, ws, ys);
  const sums = new Float64Array(4 * row);
  const perGroup = outputs / groups;
  for (let n = 0; n < batch; n++)
    for (let o = 0, together = 1; o < outputs; o += together) {
      const group = Math.floor(o / perGroup);
      together = (group + 1) * perGroup - o >= 4 ? 4 : 1;
      const pass = together === 4 ? four : one;
      // All rows of one row of y stand together.
      for (let first = 0, end = 0; first < rows.length; first = end) {
        const yRow = rows[first]!;
        while (rows[end] === yRow) end += 3;
        sums.fill(0);
        for (let c = 0, width = 1; c < inputs; c += width) {
          width = Math.min(byChannels.length, inputs - c);
          const wAt = (o * inputs + c) * wPlane;
          const xAt = (n * channels + group * inputs + c) * xPlane;
          for (let r = first; r < end; r += 3)
            for (const rectangle of byChannels[width - 1]!)
              pass(rectangle, sums, row, wData, wAt + rows[r + 1]!, inputs * wPlane, xData, xAt + rows[r + 2]!);
        }
        for (let t = 0; t < together; t++)
          y.data.set(sums.subarray(t * row, (t + 1) * row), (n * outputs + o + t) * yPlane + yRow);
      }
    }
}

/**
 * The rectangles for one input channel, two, three, …: where all are one tap wide (1×1 kernels, transposed ones as large
 * as their stride), channels take the place of taps, a plane of w and of x apart.
 */
const overChannels = (rectangles: readonly Rectangle[], dv: number, xv: number): (readonly Rectangle[])[] =>
  rectangles.every(({ countV }) => countV === 1)
    ? Array.from({ length: widest }, (_, i) => rectangles.map((r) => ({ ...r, dv, xv, countV: i + 1 })))
    : [rectangles];

/** Offsets (y row, w row, x row) of all rows that meet, flat, by y row: decided by the outer axes alone. */
function rowTriples(axes: ConvAttributes['axes'], xs: Shape, ws: Shape, ys: Shape): Int32Array {
  type Triple = readonly [y: number, w: number, x: number];
  let triples: readonly Triple[] = [[0, 0, 0]];
  for (let axis = 0; axis + 1 < axes.length; axis++) {
    const { stride, lo, xDilation, wDilation } = axes[axis]!;
    const meets: Triple[] = [];
    for (let p = 0; p < ys[axis]!; p++)
      for (let k = 0; k < ws[axis]!; k++) {
        const q = (p * stride + k * wDilation - lo) / xDilation;
        if (Number.isInteger(q) && q >= 0 && q < xs[axis]!) meets.push([p, k, q]);
      }
    triples = triples.flatMap(([p, k, q]) =>
      meets.map(([i, j, h]): Triple => [p * ys[axis]! + i, k * ws[axis]! + j, q * xs[axis]! + h]),
    );
  }
  const [y, w, x] = [ys.at(-1)!, ws.at(-1)!, xs.at(-1)!];
  const byOutput = triples.toSorted((a, b) => a[0] - b[0]);
  return Int32Array.from(byOutput.flatMap(([p, k, q]) => [p * y, k * w, q * x]));
}

const doubles = (array: NdArray): Float64Array =>
  array.data instanceof Float64Array ? array.data : Float64Array.from(array.data);
