import type { NdArray } from '../../graph/nd-array.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import type { ConvAttributes } from './conv.ts';
import { cover, type Rectangle } from './window-cover.ts';

/** Taps of a kernel row, or outputs of a row, that one pass over x handles together. */
const widest = 4;

/**
 * Correlation: sums in double precision, in an order that the shapes alone decide.
 *
 * Along each axis, the pairs (output position, kernel tap) that read inside x form few rectangles (`cover`); the loops
 * run over these, the longer side innermost: training makes both small kernels over large planes and, in weight
 * gradients, large kernels with small outputs.
 */
export function correlate(x: NdArray, w: NdArray, { axes, groups }: ConvAttributes, y: NdArray): void {
  const [batch, channels, ...xs] = x.shape as [number, number, ...number[]];
  const [outputs, inputs, ...ws] = w.shape as [number, number, ...number[]];
  const ys = y.shape.slice(2);
  const xData = doubles(x);
  const wData = doubles(w);
  const [xPlane, wPlane, yPlane] = [sizeOf(xs), sizeOf(ws), sizeOf(ys)];
  const last = axes.length - 1;
  const rows = rowTriples(axes, xs, ws, ys);
  const { stride, wDilation, xDilation, lo } = axes[last]!;
  const out = { length: ys[last]!, step: stride };
  const tap = { length: ws[last]!, step: wDilation };
  const alongOutput = out.length >= tap.length;
  const pass = alongOutput ? axpy : dot;
  const rectangles = alongOutput
    ? cover(out, tap, lo, xs[last]!, xDilation, widest)
    : cover(tap, out, lo, xs[last]!, xDilation, widest);
  const sums = new Float64Array(yPlane);
  for (let n = 0; n < batch; n++)
    for (let o = 0; o < outputs; o++) {
      sums.fill(0);
      const group = Math.floor((o * groups) / outputs);
      for (let c = 0; c < inputs; c++) {
        const xBase = (n * channels + group * inputs + c) * xPlane;
        const wBase = (o * inputs + c) * wPlane;
        for (let r = 0; r < rows.length; r += 3)
          for (const rectangle of rectangles)
            pass(rectangle, sums, rows[r]!, wData, wBase + rows[r + 1]!, xData, xBase + rows[r + 2]!);
      }
      y.data.set(sums, (n * outputs + o) * yPlane);
    }
}

/** Adds one rectangle of products to the row of y at `yAt`, from the rows of w and x at `wAt` and `xAt`. */
type Pass = (r: Rectangle, y: Doubles, yAt: number, w: Doubles, wAt: number, x: Doubles, xAt: number) => void;
type Doubles = Float64Array;

/** y[u] += Σ_v w[v]·x[…] with u, the output position, innermost. */
const axpy: Pass = (r, y, yAt, w, wAt, x, xAt) => {
  const { du, dv, xu, xv, countU, countV } = r;
  let p = yAt + r.u0;
  const k = wAt + r.v0;
  const end = p + countU * du;
  let a = xAt + r.x0;
  const w0 = w[k]!;
  if (countV === 1) {
    for (; p < end; p += du, a += xu) y[p]! += w0 * x[a]!;
    return;
  }
  const w1 = w[k + dv]!;
  if (countV === 2) {
    for (; p < end; p += du, a += xu) y[p]! += w0 * x[a]! + w1 * x[a + xv]!;
    return;
  }
  const w2 = w[k + 2 * dv]!;
  if (countV === 3) {
    for (; p < end; p += du, a += xu) y[p]! += w0 * x[a]! + w1 * x[a + xv]! + w2 * x[a + 2 * xv]!;
    return;
  }
  const w3 = w[k + 3 * dv]!;
  for (; p < end; p += du, a += xu) y[p]! += w0 * x[a]! + w1 * x[a + xv]! + w2 * x[a + 2 * xv]! + w3 * x[a + 3 * xv]!;
};

/** y[v] += Σ_u w[u]·x[…] with u, the kernel tap, innermost. */
const dot: Pass = (r, y, yAt, w, wAt, x, xAt) => {
  const { du, dv, xu, xv, countU, countV } = r;
  const p = yAt + r.v0;
  let k = wAt + r.u0;
  const end = k + countU * du;
  let a = xAt + r.x0;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  if (countV === 1) for (; k < end; k += du, a += xu) s0 += w[k]! * x[a]!;
  else if (countV === 2)
    for (; k < end; k += du, a += xu) {
      const value = w[k]!;
      s0 += value * x[a]!;
      s1 += value * x[a + xv]!;
    }
  else if (countV === 3)
    for (; k < end; k += du, a += xu) {
      const value = w[k]!;
      s0 += value * x[a]!;
      s1 += value * x[a + xv]!;
      s2 += value * x[a + 2 * xv]!;
    }
  else
    for (; k < end; k += du, a += xu) {
      const value = w[k]!;
      s0 += value * x[a]!;
      s1 += value * x[a + xv]!;
      s2 += value * x[a + 2 * xv]!;
      s3 += value * x[a + 3 * xv]!;
    }
  y[p]! += s0;
  if (countV > 1) y[p + dv]! += s1;
  if (countV > 2) y[p + 2 * dv]! += s2;
  if (countV > 3) y[p + 3 * dv]! += s3;
};

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

const doubles = (array: NdArray): Doubles =>
  array.data instanceof Float64Array ? array.data : Float64Array.from(array.data);
