import { type Graph, type Node, nodesById } from '../../../graph/graph.ts';
import { sameShape, sizeOf } from '../../../graph/shape.ts';
import type { Choosing } from '../kernels/conv/choosing.ts';
import type { Cluster, Member, Source } from '../kernels/fused/cluster.ts';
import { Epilogue } from '../kernels/fused/epilogue.ts';
import { finishes } from '../kernels/index.ts';
import type { Work } from './cluster.ts';
import { inputTypes } from './readers.ts';
import type { Views } from './views.ts';

/**
 * Takes clusters into the kernels whose results only they read, element for element: what becomes of results is computed
 * before they reach memory. Sums of a cluster stay behind, where they read nothing but what it writes anyway.
 */
export function withEpilogues(graph: Graph, works: readonly Work[], { views }: Views, choosing: Choosing): Work[] {
  const byId = nodesById(graph);
  const rootOf = (id: string): string => views.get(id)?.root ?? id;
  const ends = new Set([...Object.values(graph.outputs), ...Object.values(graph.updates)].map(rootOf));
  const readers = new Map<string, number>();
  for (const { reads } of works)
    for (const root of new Set(reads.map(rootOf))) readers.set(root, (readers.get(root) ?? 0) + 1);
  const made = new Map(works.flatMap(({ results }, i) => results.map((id) => [id, i] as const)));
  const moved = new Set<number>();
  const turns = works.map((work): Work[] => {
    const { cluster } = work;
    const parts = cluster && sizeOf(cluster.shape) > 0 ? apart(cluster, views) : undefined;
    if (parts === undefined) return [work];
    const candidates = new Set(
      work.reads.filter((id) => canHand(id, parts.dense, parts.rest)).map((id) => made.get(id)!),
    );
    for (const i of [...candidates].sort((a, b) => b - a)) {
      const { nodes, reads, results } = works[i]!;
      const of = results[0]!;
      const epilogue = Epilogue.of(parts.dense, of, byId.get(of)!.type.dtype, views);
      if (epilogue === undefined || !finishes(nodes[0]!, inputTypes(nodes[0]!, byId), epilogue, choosing)) continue;
      moved.add(i);
      const finished: Work = {
        nodes: [...nodes, ...nodesOf(parts.dense)],
        results: parts.dense.dense,
        reads: [...new Set([...reads, ...epilogue.reads])],
        cluster: undefined,
        epilogue,
      };
      const { rest } = parts;
      return rest.sums.length === 0
        ? [finished]
        : [finished, { nodes: nodesOf(rest), results: rest.sums, reads: readsOf(rest), cluster: rest }];
    }
    return [work];
  });
  return turns.flatMap((turn, i) => (moved.has(i) ? [] : turn));

  /** Whether a value is one kernel's result that the cluster alone reads, as it comes from the kernel. */
  function canHand(id: string, dense: Cluster, rest: Cluster): boolean {
    const from = made.get(id);
    if (from === undefined || moved.has(from) || views.has(id) || ends.has(id) || readers.get(id) !== 1) return false;
    const { nodes, cluster } = works[from]!;
    const [node, ...others] = nodes as [Node, ...Node[]];
    if (cluster !== undefined || others.length > 0 || !sameShape(node.type.shape, dense.shape)) return false;
    const same = (source: Source): boolean =>
      source.kind !== 'memory' ||
      rootOf(source.id) !== id ||
      (source.id === id && source.strides === undefined && source.axes.every((axis, k) => axis === k));
    return sourcesOf(dense).every(same) && !sourcesOf(rest).some((s) => s.kind === 'memory' && rootOf(s.id) === id);
  }
}

const sourcesOf = ({ members }: Cluster): Source[] => members.flatMap(({ sources }) => Object.values(sources));
const nodesOf = ({ members }: Cluster): Node[] => members.map(({ node }) => node);
const readsOf = (cluster: Cluster): string[] => [
  ...new Set(sourcesOf(cluster).flatMap((source) => (source.kind === 'memory' ? [source.id] : []))),
];

/**
 * A cluster in two: what is written element for element, and the sums, which read that from memory. Undefined where there
 * is nothing to write, or the sums need what is not written.
 */
function apart(
  cluster: Cluster,
  views: Views['views'],
): { readonly dense: Cluster; readonly rest: Cluster } | undefined {
  const { members, dense, sums } = cluster;
  if (dense.length === 0) return undefined;
  const inside = new Map(members.map((member) => [member.node.id, member]));
  const needed = closure(inside, dense, () => false);
  const written = new Set(dense);
  const behind = closure(inside, sums, (id) => written.has(id));
  if ([...behind].some((id) => needed.has(id))) return undefined;
  const fromMemory = (source: Source): Source => {
    if (source.kind !== 'member' || !written.has(source.id)) return source;
    const { type } = inside.get(source.id)!.node;
    const axes = type.shape.map((_, k) => k);
    return { kind: 'memory', id: source.id, type, axes, strides: views.get(source.id)?.strides };
  };
  const rest = members
    .filter(({ node }) => behind.has(node.id))
    .map(({ node, sources }) => ({
      node,
      sources: Object.fromEntries(Object.entries(sources).map(([name, source]) => [name, fromMemory(source)])),
    }));
  return {
    dense: { ...cluster, members: members.filter(({ node }) => needed.has(node.id)), sums: [], axes: [] },
    rest: { ...cluster, members: rest, dense: [] },
  };
}

/** The members that some come by, themselves included, but for those where it `stops` and what is behind them. */
function closure(
  members: ReadonlyMap<string, Member>,
  from: readonly string[],
  stops: (id: string) => boolean,
): Set<string> {
  const found = new Set<string>();
  const pending = [...from];
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (found.has(id) || stops(id)) continue;
    found.add(id);
    for (const source of Object.values(members.get(id)!.sources)) if (source.kind === 'member') pending.push(source.id);
  }
  return found;
}
