import { type Graph, liveIds } from '../graph/graph.ts';
import { isInput } from '../graph/input.ts';
import type { Rewrite } from './rewrite.ts';
import { runPass } from './run-pass.ts';

/** Removes the nodes that no output and no update needs. Inputs stay, used or not: they are the graph's signature. */
export const removeDeadCode = (graph: Graph): Rewrite =>
  runPass('dead-code', graph, (draft, { nodes }) => {
    const live = liveIds(graph);
    for (const node of nodes) if (!live.has(node.id) && !isInput(node)) delete draft.nodes[node.id];
  });
