import type { Graph } from '../graph/graph.ts';
import type { EditableGraph } from './rewrite.ts';

/** Lets every reader of a replaced node read its replacement, and removes the replaced nodes. */
export function redirect(draft: EditableGraph, graph: Graph, replacements: ReadonlyMap<string, string>): void {
  if (replacements.size === 0) return;
  for (const id of replacements.keys()) delete draft.nodes[id];
  for (const { id, inputs } of graph.nodes) {
    if (replacements.has(id)) continue;
    for (const name in inputs) {
      const to = replacements.get(inputs[name]!);
      // A recipe may have rewired the node already; only what it still reads is redirected.
      if (to !== undefined && draft.nodes[id]!.inputs[name] === inputs[name]) draft.nodes[id]!.inputs[name] = to;
    }
  }
  for (const part of ['outputs', 'updates'] as const)
    for (const [name, id] of Object.entries(graph[part])) {
      const to = replacements.get(id);
      if (to !== undefined) draft[part][name] = to;
    }
}
