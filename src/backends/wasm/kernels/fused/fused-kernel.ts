import { sizeOf } from '../../../../graph/shape.ts';
import type { Kernel } from '../kernel.ts';
import type { Cluster } from './cluster.ts';
import { denseLoops } from './dense-loops.ts';
import { layOut, type Placed } from './layout.ts';
import { sumPhases } from './sum-loops.ts';

/** The operators of a cluster, e.g. `mul×2 add`. */
export function nameOf({ members }: Cluster): string {
  const counts = new Map<string, number>();
  for (const { node } of members) counts.set(node.op.name, (counts.get(node.op.name) ?? 0) + 1);
  return [...counts].map(([op, count]) => (count > 1 ? `${op}×${count}` : op)).join(' ');
}

/** One loop, or two with a barrier where sums are added up in parts, for all members of a cluster. */
export function fusedKernel(cluster: Cluster, placed: Placed): Kernel {
  const layout = layOut(cluster, placed);
  const { sums, shape } = cluster;
  const name = nameOf(cluster);
  const inPlace = layout.reads.filter(({ dense }) => dense).map(({ id }) => id);
  if (sums.length > 0) return { name, inPlace, ...sumPhases(cluster, layout) };
  return { name, inPlace, phases: sizeOf(shape) === 0 ? [] : [(code, at) => denseLoops(code, cluster, layout, at)] };
}
