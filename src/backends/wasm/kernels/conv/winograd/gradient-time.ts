import type { Correlation } from '../correlation.ts';
import { type AxisTiling, tilings } from './gradient-tiling.ts';
import { mostRounding, plainRounding, roundingOf } from './rounding.ts';
import { totalTime } from './total-time.ts';

/**
 * Multiplications of a vector in the products of Winograd's gradients, and what the transforms take beside them
 * (measured); infinite where they do not apply or round too much.
 */
export const gradientTime = (problem: Correlation, most: number): number =>
  totalTime(problem, (axis) => tilings(axis, most), timeOf);

function timeOf({ batch, channels, outputs }: Correlation, down: AxisTiling, across: AxisTiling): number {
  const tiles = [down, across].reduce((product, { tiles, set }) => product * tiles * set.phases, channels);
  const rounding = roundingOf(down, across, tiles) ?? 0;
  if (rounding > mostRounding * plainRounding(tiles * down.taps * across.taps)) return Number.POSITIVE_INFINITY;
  const [inputs, groups] = [2 * Math.ceil(batch / 8), Math.ceil(outputs / 4)];
  const products = down.matrices.g.length * across.matrices.g.length;
  return products * (tiles * (inputs * outputs + 9 * inputs + 7 * groups) + 10 * inputs * outputs);
}
