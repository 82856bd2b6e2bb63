import { applyPatches, enablePatches } from 'immer';
import { inheritOrigin } from '../graph/builder.ts';
import type { Graph } from '../graph/graph.ts';
import { editable, frozenGraph } from './editable.ts';
import type { EditableGraph, Rewrite } from './rewrite.ts';

/** The graph before a pass, made from the graph after it and the inverse patches. */
export const undo = (rewrite: Rewrite): Graph => apply(rewrite.graph, rewrite.inverse, rewrite.before);

/** The graph after a pass, made from the graph before it and the patches: how a viewer steps through a log. */
export const redo = (rewrite: Rewrite): Graph => apply(rewrite.before, rewrite.patches, rewrite.graph);

function apply(graph: Graph, patches: Rewrite['patches'], model: Graph): Graph {
  enablePatches();
  const edited: EditableGraph = applyPatches(editable(graph), patches);
  const result = frozenGraph(edited, model);
  const here = new Map(graph.nodes.map((node) => [node.id, node]));
  for (const node of result.nodes) if (here.has(node.id)) inheritOrigin(node, here.get(node.id)!);
  return result;
}
