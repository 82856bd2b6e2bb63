import { alg, Graph as Digraph } from '@dagrejs/graphlib';

/** What topology looks at: ids and who reads whom. A Graph is one; so are the nodes of a file that nobody has checked yet. */
export interface Wiring {
  readonly nodes: readonly { readonly id: string; readonly inputs: { readonly [name: string]: string } }[];
}

/** The wiring as graphlib sees it: an edge runs from a value to its reader and is named after the reader's input. */
export type View = Digraph<object, Wiring['nodes'][number], string>;

/**
 * The graphlib view of a graph; made once per graph, since graphs are frozen. Do not change it.
 * A multigraph, because `mul(x, x)` reads one node twice.
 */
export function topology(graph: Wiring): View {
  let view = views.get(graph);
  if (view === undefined) {
    view = new Digraph({ directed: true, multigraph: true });
    // Not view.hasNode: to graphlib every graph has a node 'constructor'.
    const ids = new Set(graph.nodes.map(({ id }) => id));
    for (const node of graph.nodes) view.setNode(node.id, node);
    for (const node of graph.nodes)
      for (const name in node.inputs)
        if (ids.has(node.inputs[name]!)) view.setEdge(node.inputs[name]!, node.id, name, name);
    views.set(graph, view);
  }
  return view;
}

const views = new WeakMap<Wiring, View>();

/**
 * Ids with every node after its inputs, in the order listed but for nodes that are needed earlier: those stand right
 * before their first reader. Nodes on or behind a cycle are left out: compare lengths, or ask `cycles`.
 */
export function topologicalOrder(graph: Wiring): string[] {
  const view = topology(graph);
  const sound = acyclic(graph);
  const order = new Set<string>();
  for (const { id } of graph.nodes) {
    const pending = sound.has(id) ? [id] : [];
    for (let at = pending.at(-1); at !== undefined; at = pending.at(-1)) {
      const missing = order.has(at) ? [] : (view.predecessors(at) ?? []).filter((input) => !order.has(input));
      if (missing.length > 0) pending.push(...missing.reverse());
      else order.add(pending.pop()!);
    }
  }
  return [...order];
}

/** The ids that are neither on a cycle nor behind one. */
function acyclic(graph: Wiring): Set<string> {
  const view = topology(graph);
  const waiting = new Map(graph.nodes.map(({ id }) => [id, view.inEdges(id)?.length ?? 0]));
  const ready = new Set([...waiting].filter(([, count]) => count === 0).map(([id]) => id));
  for (const id of ready)
    for (const { w } of view.outEdges(id) ?? []) {
      const left = waiting.get(w)! - 1;
      waiting.set(w, left);
      if (left === 0) ready.add(w);
    }
  return ready;
}

/** The ids that the given nodes depend on, themselves included. */
export const ancestors = (graph: Wiring, ids: Iterable<string>): Set<string> =>
  reach(ids, (id) => topology(graph).predecessors(id) ?? []);

/** The ids that depend on the given nodes, themselves included. */
export const descendants = (graph: Wiring, ids: Iterable<string>): Set<string> =>
  reach(ids, (id) => topology(graph).successors(id) ?? []);

/** Ids grouped by what hangs together when the direction of edges is ignored; groups and members in the graph's order. */
export function components(graph: Wiring): string[][] {
  const view = topology(graph);
  const group = new Map<string, number>();
  let count = 0;
  for (const { id } of graph.nodes) {
    if (group.has(id)) continue;
    for (const member of reach([id], (at) => view.neighbors(at) ?? [])) group.set(member, count);
    count += 1;
  }
  const groups = Array.from({ length: count }, (): string[] => []);
  for (const { id } of graph.nodes) groups[group.get(id)!]!.push(id);
  return groups;
}

/** A shortest chain of ids from one node to another along the edges, both included; undefined where there is none. */
export function path(graph: Wiring, from: string, to: string): string[] | undefined {
  const view = topology(graph);
  if (!view.nodes().includes(from) || !view.nodes().includes(to)) return undefined;
  // Dijkstra is one of graphlib's iterative parts; View only narrows its labels.
  const found = alg.dijkstra(view as Digraph, from);
  if (found[to]?.distance === Number.POSITIVE_INFINITY) return undefined;
  const chain = [to];
  while (chain.at(-1) !== from) chain.push(found[chain.at(-1)!]!.predecessor);
  return chain.reverse();
}

/**
 * Cycles of a wiring, for files from elsewhere: one per knot of nodes that read each other, as ids in reading order, the
 * first repeated at the end (`n3 n5 n3`). Graphs from a builder have none.
 */
export function cycles(graph: Wiring): string[][] {
  const view = topology(graph);
  const sound = acyclic(graph);
  const left = graph.nodes.map(({ id }) => id).filter((id) => !sound.has(id));
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const start of left) {
    // Each node that is left has an input that is left: walking backwards must come round.
    const trail = new Map<string, number>();
    let at = start;
    while (!seen.has(at)) {
      seen.add(at);
      trail.set(at, trail.size);
      at = view.predecessors(at)!.find((id) => !sound.has(id))!;
    }
    const begin = trail.get(at);
    if (begin === undefined) continue;
    const round = [...trail.keys()].slice(begin).reverse();
    found.push([at, ...round]);
  }
  return found;
}

function reach(from: Iterable<string>, next: (id: string) => readonly string[]): Set<string> {
  const reached = new Set(from);
  // A Set visits what is added while it is walked: breadth first, without recursion.
  for (const id of reached) for (const other of next(id)) reached.add(other);
  return reached;
}
