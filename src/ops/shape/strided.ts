import type { Shape } from '../../graph/shape.ts';

/** Where an axis-wise walk goes in flat storage: element (i, j, …) stands at offset + i·strides[0] + j·strides[1] + …. */
export interface Path {
  readonly offset: number;
  readonly strides: readonly number[];
}

/** `n` elements along the innermost axis: from `p` in steps of `pStep` on one path, from `q` in steps of `qStep` on the other. */
export type Row = (p: number, q: number, n: number, pStep: number, qStep: number) => void;

/** Visits every element of `shape` on two paths at once, row by row, the last axis fastest. */
export function walk(shape: Shape, p: Path, q: Path, row: Row): void {
  const axes = mergeAxes(shape, p.strides, q.strides);
  if (axes.some((axis) => axis.size === 0)) return;
  const inner = axes.pop() ?? { size: 1, p: 0, q: 0 };
  const index = axes.map(() => 0);
  let [at, to] = [p.offset, q.offset];
  for (;;) {
    row(at, to, inner.size, inner.p, inner.q);
    let k = axes.length - 1;
    for (; k >= 0; k--) {
      const axis = axes[k]!;
      at += axis.p;
      to += axis.q;
      index[k]! += 1;
      if (index[k]! < axis.size) break;
      at -= axis.p * axis.size;
      to -= axis.q * axis.size;
      index[k] = 0;
    }
    if (k < 0) return;
  }
}

/** Copies every element of `shape` from one path to the other. */
export function copyStrided(
  shape: Shape,
  x: ArrayLike<number>,
  from: Path,
  y: { [i: number]: number },
  to: Path,
): void {
  walk(shape, from, to, (p, q, n, pStep, qStep) => {
    for (let i = 0; i < n; i++) y[q + i * qStep] = x[p + i * pStep]!;
  });
}

interface Axis {
  size: number;
  p: number;
  q: number;
}

/** Axes that both paths run through in one go become one; longer rows cost less. */
function mergeAxes(shape: Shape, p: readonly number[], q: readonly number[]): Axis[] {
  const merged: Axis[] = [];
  shape.forEach((size, k) => {
    if (size === 1) return;
    const axis = { size, p: p[k]!, q: q[k]! };
    const outer = merged.at(-1);
    if (outer !== undefined && outer.p === axis.p * size && outer.q === axis.q * size)
      merged[merged.length - 1] = { ...axis, size: outer.size * size };
    else merged.push(axis);
  });
  return merged;
}
