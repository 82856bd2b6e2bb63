import { gcd } from '../../../../../ops/window/gcd.ts';
import { type AxisClass, axisClasses } from '../axis-classes.ts';
import type { CorrelationAxis } from '../correlation.ts';
import { even } from '../tile-shape.ts';
import { algorithm } from './algorithm.ts';
import type { ToomCook } from './toom-cook.ts';

/**
 * One class of an axis in tiles. Its result number a + i·results.phases, for a phase a, is the sum over the taps' phases f
 * and j of tap f + j·taps.phases times x[first + a·results.apart + f·taps.apart + (i + j)·apart].
 */
export interface AxisTiling {
  readonly one: AxisClass;
  readonly results: { readonly phases: number; readonly apart: number };
  readonly taps: { readonly phases: number; readonly apart: number };
  readonly apart: number;
  readonly matrices: ToomCook;
  /** Results and taps of a tile: of one phase. */
  readonly m: number;
  readonly r: number;
  /** Tiles of each phase. */
  readonly tiles: number;
}

/** The classes of an axis in tiles of at most `most` products; undefined where a class has too many taps. */
export function tilings(axis: CorrelationAxis, most: number): AxisTiling[] | undefined {
  const classes = axisClasses(axis).map((one) => tiling(one, most));
  return classes.every((each) => each !== undefined) ? classes : undefined;
}

function tiling(one: AxisClass, most: number): AxisTiling | undefined {
  const apart = (one.byP * one.byK) / gcd(one.byP, one.byK);
  const results = { phases: Math.min(apart / one.byP, one.p.count), apart: one.byP };
  const taps = { phases: Math.max(1, Math.min(apart / one.byK, one.k.count)), apart: one.byK };
  const r = Math.max(1, Math.ceil(one.k.count / taps.phases));
  if (r > most) return undefined;
  const length = Math.ceil(one.p.count / results.phases);
  const products = (m: number): number => Math.ceil(length / m) * (m + r - 1);
  // A single tap gains nothing from tiles.
  const sizes = Array.from({ length: r === 1 ? 1 : most + 1 - r }, (_, i) => i + 1);
  const m = sizes.reduce((a, b) => (products(b) < products(a) ? b : a));
  const matrices = algorithm(m, r);
  return { one, results, taps, apart, matrices, m, r, tiles: Math.ceil(length / m) };
}

/** A strip is a row of tiles, or a piece of one of about this many. */
const mostTiles = 32;

/** How many tiles of each phase of the last axis a strip has. */
export const tilesInStrip = ({ tiles, results }: AxisTiling): number =>
  even(tiles, Math.max(1, Math.floor(mostTiles / results.phases)));
