import { type Graph, nodesById } from '../../../graph/graph.ts';
import { sameType } from '../../../graph/type.ts';
import type { Kernel } from '../kernels/kernel.ts';
import type { Work } from './cluster.ts';
import type { View } from './views.ts';

/**
 * Next values of states that can be written straight over the old ones, with the state's id: nothing reads the old value
 * afterwards, and no reference kernel, which may refuse its inputs and end the run, comes later.
 */
export function updateHomes(
  graph: Graph,
  works: readonly Work[],
  chosen: readonly (Kernel | undefined)[],
  views: ReadonlyMap<string, View>,
): ReadonlyMap<string, string> {
  const byId = nodesById(graph);
  const rootOf = (id: string): string => views.get(id)?.root ?? id;
  const lastFallback = chosen.lastIndexOf(undefined);
  const ends = [...Object.values(graph.outputs), ...Object.values(graph.updates)].map(rootOf);
  const made = new Map(works.flatMap(({ results }, i) => results.map((id) => [id, i] as const)));
  const lastRead = new Map<string, number>();
  for (const [i, { reads }] of works.entries()) for (const id of reads) lastRead.set(rootOf(id), i);

  const homes = new Map<string, string>();
  for (const [name, next] of Object.entries(graph.updates)) {
    const state = graph.inputs[name]!;
    const step = made.get(next);
    if (step === undefined || views.has(next) || step < lastFallback || ends.includes(state) || homes.has(next))
      continue;
    if (!sameType(byId.get(state)!.type, byId.get(next)!.type)) continue;
    const { reads, cluster } = works[step]!;
    const last = lastRead.get(state) ?? -1;
    const elementwise = cluster === undefined || cluster.dense.includes(next);
    const inPlace = elementwise ? inPlaceFor(works[step]!, chosen[step], next) : [];
    const apart = reads.every(
      (id) => rootOf(id) !== state || (id === state && cluster !== undefined && inPlace.includes(id)),
    );
    if (last > step || !apart) continue;
    homes.set(next, state);
  }
  return homes;
}

/** The inputs that a result may be written over: of several clusters in one go, those of its own. */
export function inPlaceFor({ alike }: Work, kernel: Kernel | undefined, result: string): readonly string[] {
  const own = alike?.find(({ results }) => results.includes(result));
  return (kernel?.inPlace ?? []).filter((id) => own === undefined || own.reads.includes(id));
}
