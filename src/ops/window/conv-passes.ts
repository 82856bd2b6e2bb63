import type { Rectangle } from './window-cover.ts';

type Doubles = Float64Array;

/**
 * Adds one rectangle of products, at most three wide in v, to a row of sums: x read from `xAt` on, w from `wAt` on.
 * The passes named Four do so for four output channels, whose sums stand `yStep` and whose kernels `wStep` apart.
 *
 * Written out tap by tap: the sums and weights then stay in registers, which makes training several times faster.
 */
type Pass = (
  rectangle: Rectangle,
  y: Doubles,
  yStep: number,
  w: Doubles,
  wAt: number,
  wStep: number,
  x: Doubles,
  xAt: number,
) => void;

/** y[u] += Σ_v w[v]·x[…] with u, the output position, innermost. */
export const axpy: Pass = ({ u0, v0, x0, du, dv, xu, xv, countU, countV }, y, _yStep, w, wAt, _wStep, x, xAt) => {
  const k = wAt + v0;
  const end = u0 + countU * du;
  const a0 = w[k]!;
  if (countV === 1) {
    for (let p = u0, i = xAt + x0; p < end; p += du, i += xu) y[p]! += a0 * x[i]!;
    return;
  }
  const a1 = w[k + dv]!;
  if (countV === 2) {
    for (let p = u0, i = xAt + x0; p < end; p += du, i += xu) y[p]! += a0 * x[i]! + a1 * x[i + xv]!;
    return;
  }
  const a2 = w[k + 2 * dv]!;
  for (let p = u0, i = xAt + x0; p < end; p += du, i += xu) y[p]! += a0 * x[i]! + a1 * x[i + xv]! + a2 * x[i + 2 * xv]!;
};

/** `axpy` for four output channels. */
export const axpyFour: Pass = ({ u0, v0, x0, du, dv, xu, xv, countU, countV }, y, yStep, w, wAt, wStep, x, xAt) => {
  const k = wAt + v0;
  const end = u0 + countU * du;
  const yb = yStep;
  const yc = 2 * yStep;
  const yd = 3 * yStep;
  const kb = k + wStep;
  const kc = k + 2 * wStep;
  const kd = k + 3 * wStep;
  const a0 = w[k]!;
  const b0 = w[kb]!;
  const c0 = w[kc]!;
  const d0 = w[kd]!;
  if (countV === 1) {
    for (let p = u0, i = xAt + x0; p < end; p += du, i += xu) {
      const e0 = x[i]!;
      y[p]! += a0 * e0;
      y[p + yb]! += b0 * e0;
      y[p + yc]! += c0 * e0;
      y[p + yd]! += d0 * e0;
    }
    return;
  }
  const a1 = w[k + dv]!;
  const b1 = w[kb + dv]!;
  const c1 = w[kc + dv]!;
  const d1 = w[kd + dv]!;
  if (countV === 2) {
    for (let p = u0, i = xAt + x0; p < end; p += du, i += xu) {
      const e0 = x[i]!;
      const e1 = x[i + xv]!;
      y[p]! += a0 * e0 + a1 * e1;
      y[p + yb]! += b0 * e0 + b1 * e1;
      y[p + yc]! += c0 * e0 + c1 * e1;
      y[p + yd]! += d0 * e0 + d1 * e1;
    }
    return;
  }
  const a2 = w[k + 2 * dv]!;
  const b2 = w[kb + 2 * dv]!;
  const c2 = w[kc + 2 * dv]!;
  const d2 = w[kd + 2 * dv]!;
  for (let p = u0, i = xAt + x0; p < end; p += du, i += xu) {
    const e0 = x[i]!;
    const e1 = x[i + xv]!;
    const e2 = x[i + 2 * xv]!;
    y[p]! += a0 * e0 + a1 * e1 + a2 * e2;
    y[p + yb]! += b0 * e0 + b1 * e1 + b2 * e2;
    y[p + yc]! += c0 * e0 + c1 * e1 + c2 * e2;
    y[p + yd]! += d0 * e0 + d1 * e1 + d2 * e2;
  }
};

/** y[v] += Σ_u w[u]·x[…] with u, the kernel tap, innermost. */
export const dot: Pass = ({ u0, v0, x0, du, dv, xu, xv, countU, countV }, y, _yStep, w, wAt, _wStep, x, xAt) => {
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  const end = wAt + u0 + countU * du;
  if (countV === 1) for (let k = wAt + u0, i = xAt + x0; k < end; k += du, i += xu) a0 += w[k]! * x[i]!;
  else if (countV === 2)
    for (let k = wAt + u0, i = xAt + x0; k < end; k += du, i += xu) {
      const a = w[k]!;
      a0 += a * x[i]!;
      a1 += a * x[i + xv]!;
    }
  else
    for (let k = wAt + u0, i = xAt + x0; k < end; k += du, i += xu) {
      const a = w[k]!;
      a0 += a * x[i]!;
      a1 += a * x[i + xv]!;
      a2 += a * x[i + 2 * xv]!;
    }
  y[v0]! += a0;
  if (countV > 1) y[v0 + dv]! += a1;
  if (countV > 2) y[v0 + 2 * dv]! += a2;
};

/** `dot` for four output channels. */
export const dotFour: Pass = ({ u0, v0, x0, du, dv, xu, xv, countU, countV }, y, yStep, w, wAt, wStep, x, xAt) => {
  let a0 = 0;
  let b0 = 0;
  let c0 = 0;
  let d0 = 0;
  let a1 = 0;
  let b1 = 0;
  let c1 = 0;
  let d1 = 0;
  let a2 = 0;
  let b2 = 0;
  let c2 = 0;
  let d2 = 0;
  const end = wAt + u0 + countU * du;
  if (countV === 1)
    for (let k = wAt + u0, i = xAt + x0; k < end; k += du, i += xu) {
      const e0 = x[i]!;
      a0 += w[k]! * e0;
      b0 += w[k + wStep]! * e0;
      c0 += w[k + 2 * wStep]! * e0;
      d0 += w[k + 3 * wStep]! * e0;
    }
  else if (countV === 2)
    for (let k = wAt + u0, i = xAt + x0; k < end; k += du, i += xu) {
      const e0 = x[i]!;
      const e1 = x[i + xv]!;
      const a = w[k]!;
      a0 += a * e0;
      a1 += a * e1;
      const b = w[k + wStep]!;
      b0 += b * e0;
      b1 += b * e1;
      const c = w[k + 2 * wStep]!;
      c0 += c * e0;
      c1 += c * e1;
      const d = w[k + 3 * wStep]!;
      d0 += d * e0;
      d1 += d * e1;
    }
  else
    for (let k = wAt + u0, i = xAt + x0; k < end; k += du, i += xu) {
      const e0 = x[i]!;
      const e1 = x[i + xv]!;
      const e2 = x[i + 2 * xv]!;
      const a = w[k]!;
      a0 += a * e0;
      a1 += a * e1;
      a2 += a * e2;
      const b = w[k + wStep]!;
      b0 += b * e0;
      b1 += b * e1;
      b2 += b * e2;
      const c = w[k + 2 * wStep]!;
      c0 += c * e0;
      c1 += c * e1;
      c2 += c * e2;
      const d = w[k + 3 * wStep]!;
      d0 += d * e0;
      d1 += d * e1;
      d2 += d * e2;
    }
  y[v0]! += a0;
  y[v0 + yStep]! += b0;
  y[v0 + 2 * yStep]! += c0;
  y[v0 + 3 * yStep]! += d0;
  if (countV === 1) return;
  y[v0 + dv]! += a1;
  y[v0 + dv + yStep]! += b1;
  y[v0 + dv + 2 * yStep]! += c1;
  y[v0 + dv + 3 * yStep]! += d1;
  if (countV === 2) return;
  y[v0 + 2 * dv]! += a2;
  y[v0 + 2 * dv + yStep]! += b2;
  y[v0 + 2 * dv + 2 * yStep]! += c2;
  y[v0 + 2 * dv + 3 * yStep]! += d2;
};
