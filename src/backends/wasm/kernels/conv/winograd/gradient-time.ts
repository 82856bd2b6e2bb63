import type { Correlation } from '../correlation.ts';
import { type AxisTiling, tilings } from './gradient-tiling.ts';
import { mostRounding, plainRounding, roundingOf } from './rounding.ts';

/**
 * Multiplications of a vector in the products of Winograd's gradients, and what the transforms take beside them
 * (measured); infinite where they do not apply or round too much.
 */
export function gradientTime(problem: Correlation, most: number): number {
  const { dtype, batch, channels, outputs, groups, axes } = problem;
  if (dtype !== 'f32' || groups !== 1 || axes.length !== 2 || batch * channels * outputs === 0)
    return Number.POSITIVE_INFINITY;
  const [down, across] = axes.map((axis) => tilings(axis, most));
  if (down === undefined || across === undefined) return Number.POSITIVE_INFINITY;
  return down.flatMap((d) => across.map((a) => timeOf(problem, d, a))).reduce((sum, time) => sum + time, 0);
}

function timeOf({ batch, channels, outputs }: Correlation, down: AxisTiling, across: AxisTiling): number {
  const tiles = [down, across].reduce((product, { tiles, set }) => product * tiles * set.phases, channels);
  const rounding = roundingOf(down, across, tiles) ?? 0;
  if (rounding > mostRounding * plainRounding(tiles * down.taps * across.taps)) return Number.POSITIVE_INFINITY;
  const [inputs, groups] = [2 * Math.ceil(batch / 8), Math.ceil(outputs / 4)];
  const products = down.matrices.g.length * across.matrices.g.length;
  return products * (tiles * (inputs * outputs + 9 * inputs + 7 * groups) + 10 * inputs * outputs);
}
