/** So many points of a line can be told apart in a plot. */
const most = 120;

type Point = readonly [x: number, y: number];

/** Points of a long line, each the mean of its neighbourhood; a short one as it is. */
export function thinned(points: readonly Point[]): readonly Point[] {
  const each = Math.ceil(points.length / most);
  if (each <= 1) return points;
  return Array.from({ length: Math.ceil(points.length / each) }, (_, k) => {
    const near = points.slice(k * each, (k + 1) * each);
    return [near.at(-1)![0], near.reduce((sum, [, y]) => sum + y, 0) / near.length] as const;
  });
}
