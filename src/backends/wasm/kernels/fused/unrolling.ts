import type { Cluster } from './cluster.ts';
import type { Layout } from './layout.ts';

/** How many vectors one round of the inner loop takes: `most` where the code is short and rows are long. */
export function unrolling(cluster: Cluster, most: number, { width, axes }: Layout): number {
  const short = cluster.members.length <= 4 && axes.at(-1)!.size >= 4 * most * width;
  return short ? most : 1;
}
