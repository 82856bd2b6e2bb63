import { randomStream } from '../../nn/random.ts';
import type { Elasticity } from './augment.ts';

/** Writes the displacements of the pixels of row `y` into `rows` and `columns`, in pixels. */
export type Field = (y: number, rows: Float64Array, columns: Float64Array) => void;

/** Mean over an axis of the sum of the squares of the cubic B-spline's weights: how much of its lattice's variance a spline keeps. */
const kept = 151 / 315;

/** The displacements of a square window of side `size`; `seed` says which. */
export function elasticField({ amplitude, spacing, seed }: Elasticity & { seed: number }, size: number): Field {
  const draw = randomStream(seed, 'elastic');
  const across = Math.floor((size - 0.5) / spacing) + 4;
  const lattice = (): Float64Array =>
    Float64Array.from({ length: across * across }, () => (draw.normal() * amplitude) / kept);
  const lattices = [lattice(), lattice()] as const;
  const { first, weights } = splineWeights(size, spacing);
  const line = new Float64Array(across);
  return (y, rows, columns) => {
    const top = first[y]! * across;
    const [a, b, c, d] = [weights[4 * y]!, weights[4 * y + 1]!, weights[4 * y + 2]!, weights[4 * y + 3]!];
    for (let k = 0; k < 2; k++) {
      const from = lattices[k]!;
      const to = k === 0 ? rows : columns;
      for (let i = 0; i < across; i++) {
        const at = top + i;
        line[i] = a * from[at]! + b * from[at + across]! + c * from[at + 2 * across]! + d * from[at + 3 * across]!;
      }
      for (let x = 0; x < size; x++) {
        const [i, w] = [first[x]!, 4 * x];
        to[x] =
          weights[w]! * line[i]! +
          weights[w + 1]! * line[i + 1]! +
          weights[w + 2]! * line[i + 2]! +
          weights[w + 3]! * line[i + 3]!;
      }
    }
  };
}

/** For the middle of each pixel the first of the four lattice points that it lies among, and their weights. */
function splineWeights(size: number, spacing: number): { first: Int32Array; weights: Float64Array } {
  const first = new Int32Array(size);
  const weights = new Float64Array(4 * size);
  for (let x = 0; x < size; x++) {
    const place = (x + 0.5) / spacing;
    const i = Math.floor(place);
    const t = place - i;
    first[x] = i;
    weights[4 * x] = (1 - t) ** 3 / 6;
    weights[4 * x + 1] = (3 * t ** 3 - 6 * t ** 2 + 4) / 6;
    weights[4 * x + 2] = (-3 * t ** 3 + 3 * t ** 2 + 3 * t + 1) / 6;
    weights[4 * x + 3] = t ** 3 / 6;
  }
  return { first, weights };
}
