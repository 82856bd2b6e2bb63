import { type Graph, liveIds, type Node } from '../../../graph/graph.ts';
import { loweringFor } from '../kernels/index.ts';

/** The same graph with nodes that are computed in one go taken together; those left over are dead. */
export function lower(graph: Graph): Graph {
  const live = liveIds(graph);
  const counts = new Map<string, number>();
  const count = (id: string): void => void counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { id, inputs } of graph.nodes) if (live.has(id)) Object.values(inputs).forEach(count);
  [...Object.values(graph.outputs), ...Object.values(graph.updates)].forEach(count);
  const byId = new Map<string, Node>();
  const surroundings = { byId, readers: (id: string) => counts.get(id) ?? 0 };
  const nodes = graph.nodes.map((node) => {
    const lowered = (live.has(node.id) ? loweringFor(node.op)?.(node, surroundings) : undefined) ?? node;
    byId.set(node.id, lowered);
    return lowered;
  });
  return nodes.every((node, i) => node === graph.nodes[i]) ? graph : { ...graph, nodes };
}
