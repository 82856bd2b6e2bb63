import type { Correlation, CorrelationAxis } from '../correlation.ts';

/** The time of all pairs of tilings of both axes; infinite where Winograd's algorithms do not apply. */
export function totalTime<Tiling>(
  problem: Correlation,
  tilings: (axis: CorrelationAxis) => readonly Tiling[] | undefined,
  timeOf: (problem: Correlation, down: Tiling, across: Tiling) => number,
): number {
  const { dtype, batch, channels, outputs, groups, axes } = problem;
  if (dtype !== 'f32' || groups !== 1 || axes.length !== 2 || batch * channels * outputs === 0)
    return Number.POSITIVE_INFINITY;
  const [down, across] = axes.map(tilings);
  if (down === undefined || across === undefined) return Number.POSITIVE_INFINITY;
  return down.flatMap((d) => across.map((a) => timeOf(problem, d, a))).reduce((sum, time) => sum + time, 0);
}
