import { inheritOrigin } from '../graph/builder.ts';
import { freeze } from '../graph/freeze.ts';
import { type Graph, type Node, nodesById } from '../graph/graph.ts';
import { topologicalOrder } from '../graph/topology.ts';
import type { EditableGraph } from './rewrite.ts';

/** The editable form of a graph. Frozen at the top, which keeps immer from walking 20,000 nodes to freeze them. */
export function editable(graph: Graph): EditableGraph {
  const nodes = Object.freeze(Object.fromEntries(graph.nodes.map((node) => [node.id, node])));
  // Drafts of these are what recipes write to; the frozen originals stay as they are.
  return Object.freeze({ nodes, outputs: graph.outputs, updates: graph.updates }) as EditableGraph;
}

/**
 * The graph of an edited form: nodes in the order of `model`, new ones and those needed earlier right before their first
 * reader. Nodes keep saying where they were made.
 */
export function frozenGraph(edited: EditableGraph, model: Graph): Graph {
  const old = nodesById(model);
  const kept = model.nodes.flatMap(({ id }) => edited.nodes[id] ?? []);
  const added = Object.values(edited.nodes).filter(({ id }) => !old.has(id));
  const nodes: Node[] = [...kept, ...added];
  for (const node of nodes) {
    const before = old.get(node.id);
    if (before !== undefined && before !== node) inheritOrigin(node, before);
  }
  return freeze({
    nodes: inOrder(nodes),
    inputs: model.inputs,
    outputs: edited.outputs,
    updates: edited.updates,
  });
}

function inOrder(nodes: readonly Node[]): readonly Node[] {
  const seen = new Set<string>();
  const late = nodes.some(({ id, inputs }) => {
    seen.add(id);
    return !Object.values(inputs).every((input) => seen.has(input));
  });
  if (!late) return nodes;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const order = topologicalOrder({ nodes });
  // A pass that made a cycle left nodes out: check() is to see them.
  return order.length === nodes.length ? order.map((id) => byId.get(id)!) : nodes;
}
