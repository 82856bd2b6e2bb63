import { gcd } from './gcd.ts';

/** A run of consecutive solutions: `count` values from `first` on, `step` apart. */
interface Progression {
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

/** One of the two variables that a position along an axis is made of: y's position (step: stride) or w's (step: dilation). */
export interface Walk {
  readonly length: number;
  readonly step: number;
}

/**
 * A rectangle of pairs (u, v) that all read inside x: u = u0 + i·du for i < countU, v = v0 + j·dv for j < countV,
 * and x's index is x0 + i·xu + j·xv.
 */
export interface Rectangle {
  readonly u0: number;
  readonly du: number;
  readonly countU: number;
  readonly v0: number;
  readonly dv: number;
  readonly countV: number;
  readonly x0: number;
  readonly xu: number;
  readonly xv: number;
}

/** The u in [0, length) for which (u·step + shift) / dilation is a whole index into an axis of `size` elements. */
function solutions({ length, step }: Walk, shift: number, size: number, dilation: number): Progression {
  const common = gcd(step, dilation);
  const du = dilation / common;
  if (shift % common !== 0) return { first: 0, step: du, count: 0 };
  let first = Math.max(0, Math.ceil(-shift / step));
  while ((first * step + shift) % dilation !== 0) first++;
  const last = Math.min(length - 1, Math.floor(((size - 1) * dilation - shift) / step));
  return { first, step: du, count: Math.max(0, Math.floor((last - first) / du) + 1) };
}

/**
 * Cuts all pairs (u, v) with 0 ≤ u·u.step + v·v.step − lo = q·dilation, 0 ≤ q < size, into rectangles at most `widest`
 * wide in v. Borders become rectangles of their own, so that no loop over one needs a bounds check.
 */
export function cover(u: Walk, v: Walk, lo: number, size: number, dilation: number, widest: number): Rectangle[] {
  const runs = Array.from({ length: v.length }, (_, j) => solutions(u, j * v.step - lo, size, dilation));
  const dv = dilation / gcd(v.step, dilation);
  const rectangles: Rectangle[] = [];
  for (let residue = 0; residue < Math.min(dv, v.length); residue++) {
    const members = runs.flatMap((run, j) => (j % dv === residue && run.count > 0 ? [{ ...run, j }] : []));
    const cuts = new Set(members.flatMap(({ first, step, count }) => [first, first + step * count]));
    const sorted = [...cuts].sort((a, b) => a - b);
    for (let c = 0; c + 1 < sorted.length; c++) {
      const u0 = sorted[c]!;
      const active = members.filter((m) => m.first <= u0 && u0 < m.first + m.step * m.count);
      // Equal widths: 4 is 2 + 2, not 3 + 1.
      const width = Math.ceil(active.length / Math.ceil(active.length / widest));
      for (let j = 0; j < active.length; j += width) {
        const { step: du, j: v0 } = active[j]!;
        rectangles.push({
          u0,
          du,
          countU: (sorted[c + 1]! - u0) / du,
          v0,
          dv,
          countV: Math.min(width, active.length - j),
          x0: (u0 * u.step + v0 * v.step - lo) / dilation,
          xu: (du * u.step) / dilation,
          xv: (dv * v.step) / dilation,
        });
      }
    }
  }
  return rectangles;
}
