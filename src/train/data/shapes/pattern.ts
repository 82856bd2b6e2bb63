import { type Random, randomInteger } from '../../random.ts';

/** A value in 0 … 1 at each place. */
export type Pattern = (x: number, y: number) => number;

/** Smooth random hills: values on a lattice of `cell` pixels, and between them; the lattice repeats after `across` cells. */
export function randomHills(draw: Random, cell: number, across: number = 16): Pattern {
  const wrap = (i: number): number => ((i % across) + across) % across;
  const lattice = Float64Array.from({ length: across * across }, () => draw.uniform());
  return (x, y) => {
    const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
    const [u, v] = [smooth(x / cell - column), smooth(y / cell - row)];
    const [left, right] = [wrap(column), wrap(column + 1)];
    const [above, below] = [wrap(row) * across, wrap(row + 1) * across];
    const top = lattice[above + left]! + (lattice[above + right]! - lattice[above + left]!) * u;
    const bottom = lattice[below + left]! + (lattice[below + right]! - lattice[below + left]!) * u;
    return top + (bottom - top) * v;
  };
}

/** Plain, striped, dotted, checked or hilly, of random direction and size. */
export function randomPattern(draw: Random): Pattern {
  const angle = draw.uniform() * Math.PI;
  const wave = (2 * Math.PI) / (4 + 5 * draw.uniform());
  const [c, s] = [Math.cos(angle) * wave, Math.sin(angle) * wave];
  const along: Pattern = (x, y) => Math.sin(x * c + y * s);
  const athwart: Pattern = (x, y) => Math.sin(y * c - x * s);
  const all: readonly (() => Pattern)[] = [
    () => () => 0,
    () => (x, y) => step(along(x, y)),
    () => (x, y) => step(2 * (along(x, y) + athwart(x, y) - 0.9)),
    () => (x, y) => step(3 * along(x, y) * athwart(x, y)),
    () => randomHills(draw, 5),
  ];
  return all[randomInteger(draw, all.length)]!();
}

const smooth = (t: number): number => t * t * (3 - 2 * t);

/** From 0 to 1 with a soft edge at zero. */
const step = (t: number): number => Math.min(1, Math.max(0, 0.5 + 1.5 * t));
