import type { AnyOp } from './op.ts';
import type { Type } from './type.ts';

/** One operation: plain data, frozen. `inputs` maps the operator's input names to node ids. */
export interface Node {
  readonly id: string;
  readonly op: AnyOp;
  readonly inputs: { readonly [name: string]: string };
  readonly attributes: object;
  readonly type: Type;
  /** The path of composites that made it, e.g. `unet/down1/conv2d`. */
  readonly scope?: string;
}

/**
 * A dataflow graph: frozen plain data. Nodes stand in creation order, which is topological.
 *
 * `updates` says which node's value replaces a state input after each run: how a training step, whose parameters and
 * optimiser state change, is one pure graph.
 */
export interface Graph {
  readonly nodes: readonly Node[];
  /** Input name → node id. */
  readonly inputs: { readonly [name: string]: string };
  /** Output name → node id. */
  readonly outputs: { readonly [name: string]: string };
  /** State input name → id of the node that holds its next value. */
  readonly updates: { readonly [name: string]: string };
}

/** Nodes by id, for one graph; cached, since graphs are frozen. */
export function nodesById(graph: Graph): ReadonlyMap<string, Node> {
  let index = indices.get(graph);
  if (index === undefined) {
    index = new Map(graph.nodes.map((node) => [node.id, node]));
    indices.set(graph, index);
  }
  return index;
}

const indices = new WeakMap<Graph, ReadonlyMap<string, Node>>();

/** The nodes that outputs and updates depend on. */
export function liveIds(graph: Graph): Set<string> {
  const live = new Set([...Object.values(graph.outputs), ...Object.values(graph.updates)]);
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    const node = graph.nodes[i]!;
    if (live.has(node.id)) for (const id of Object.values(node.inputs)) live.add(id);
  }
  return live;
}
