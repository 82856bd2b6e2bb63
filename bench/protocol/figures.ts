/**
 * What a framework computed, small enough to send: the losses of the first steps, or a sum of an array weighted by place.
 * `norm` is what a difference is measured against: the root of the sum of squares.
 */
export interface Figure {
  readonly name: string;
  readonly values: readonly number[];
  readonly norm: number;
}

/**
 * Sums an array with weights that depend on the place, between -1/2 and 1/2, so that numbers in wrong places are noticed
 * too; `child.py` does the same.
 */
export function weighted(name: string, data: ArrayLike<number>): Figure {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < data.length; i++) {
    sum += data[i]! * ((Math.imul(i, 2654435761) >>> 0) / 2 ** 32 - 0.5);
    squares += data[i]! ** 2;
  }
  return { name, values: [sum], norm: Math.sqrt(squares) };
}

/** Losses as they are. */
export const losses = (values: readonly number[]): Figure => ({ name: 'loss', values, norm: Math.hypot(...values) });

/**
 * The largest difference of two accounts of the same workload, relative to the norms; infinite where one lacks what the
 * other has, or where a number is not finite.
 */
export function difference(a: readonly Figure[], b: readonly Figure[]): number {
  const names = new Set([...a, ...b].map(({ name }) => name));
  const differences = [...names].flatMap((name) => {
    const [p, q] = [a.find((f) => f.name === name), b.find((f) => f.name === name)];
    if (p === undefined || q === undefined || p.values.length !== q.values.length) return [Infinity];
    const scale = Math.max(p.norm, q.norm) || 1;
    return [p.norm - q.norm, ...p.values.map((v, i) => v - q.values[i]!)].map((d) => Math.abs(d) / scale);
  });
  return differences.reduce((most, d) => (d <= most ? most : Number.isNaN(d) ? Infinity : d), 0);
}
