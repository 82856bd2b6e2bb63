import type { CorrelationAxis } from '../correlation.ts';
import { even } from '../tile-shape.ts';
import { algorithm } from './algorithm.ts';
import { type ResultSet, resultSets } from './result-set.ts';
import type { ToomCook } from './toom-cook.ts';

/** One axis of a set of results: the taps in tiles, the tiles in strips. */
export interface AxisTiling {
  readonly set: ResultSet;
  /** Taps of a tile. */
  readonly taps: number;
  /** Tiles of one phase. */
  readonly tiles: number;
  readonly matrices: ToomCook;
}

/** The sets of an axis in tiles of at most `most` products; undefined where a set has too many results. */
export function tilings(axis: CorrelationAxis, most: number): AxisTiling[] | undefined {
  const sets = resultSets(axis);
  if (sets.some(({ count }) => count > most)) return undefined;
  return sets.map((set) => {
    const sizes = Array.from({ length: most - set.count + 1 }, (_, i) => i + 1);
    const products = (taps: number): number => Math.ceil(set.length / taps) * (set.count + taps - 1);
    const taps = sizes.reduce((a, b) => (products(b) < products(a) ? b : a));
    return {
      set,
      taps,
      tiles: Math.ceil(set.length / taps),
      matrices: plainTaps(algorithm(set.count, taps)),
    };
  });
}

/** A strip is a row of tiles, or a piece of one of at most about this many tiles. */
const mostTiles = 32;

/** How many tiles of each phase along an axis a strip takes. */
export const tilesInStrip = ({ tiles, set }: AxisTiling): number =>
  even(tiles, Math.max(1, Math.floor(mostTiles / set.phases)));

/** The same algorithm with nothing but powers of the points in g: taps are many here, and results few. */
function plainTaps(algorithm: ToomCook): ToomCook {
  const { at, g, bt } = algorithm;
  const scales = g.map((row) => row.find((value) => value !== 0)!);
  const plain = made.get(algorithm) ?? {
    at: at.map((row) => row.map((value, j) => value * scales[j]!)),
    g: g.map((row, j) => row.map((value) => value / scales[j]!)),
    bt,
  };
  made.set(algorithm, plain);
  return plain;
}

const made = new WeakMap<ToomCook, ToomCook>();
