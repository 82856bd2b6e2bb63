import type { Correlation } from '../correlation.ts';
import { type AxisTiling, tilings } from './correlation-tiling.ts';
import { mostRounding, plainRounding, roundingOf } from './rounding.ts';
import { totalTime } from './total-time.ts';

/**
 * Multiplications of a vector in the products of Winograd's convolutions, and what the transforms take beside them
 * (measured); infinite where they do not apply or round too much.
 */
export const correlationTime = (problem: Correlation, most: number): number =>
  totalTime(problem, (axis) => tilings(axis, most), timeOf);

function timeOf({ batch, channels, outputs }: Correlation, down: AxisTiling, across: AxisTiling): number {
  const phases = down.taps.phases * across.taps.phases;
  const rounding = roundingOf(down, across, phases * channels) ?? 0;
  // Vectors of channels of several phases would have to be full.
  if (phases > 1 && channels % 4 > 0) return Number.POSITIVE_INFINITY;
  if (rounding > mostRounding * plainRounding(phases * channels * down.r * across.r)) return Number.POSITIVE_INFINITY;
  const tiles = [down, across].reduce((product, { tiles, results }) => product * tiles * results.phases, batch);
  const [inputs, vectors] = [phases * Math.ceil(channels / 4), Math.ceil(outputs / 4)];
  const products = down.matrices.g.length * across.matrices.g.length;
  return (
    products * (tiles * (phases * channels * vectors + 7 * inputs + 5 * vectors) + 7 * phases * channels * vectors)
  );
}
