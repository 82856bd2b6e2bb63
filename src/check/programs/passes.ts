import type { Arrays } from '../../backends/backend.ts';
import { reference } from '../../backends/reference/reference.ts';
import type { Graph } from '../../graph/graph.ts';
import {
  foldConstants,
  literals,
  mergeCommonSubexpressions,
  optimize,
  removeDeadCode,
  simplify,
} from '../../passes/index.ts';
import { type Difference, firstDifference } from './difference.ts';

const passes: { readonly [name: string]: (graph: Graph) => Graph } = {
  simplify: (graph) => simplify(graph, literals).graph,
  foldConstants: (graph) => foldConstants(graph, literals).graph,
  mergeCommonSubexpressions: (graph) => mergeCommonSubexpressions(graph).graph,
  removeDeadCode: (graph) => removeDeadCode(graph).graph,
  optimize: (graph) => optimize(graph, literals).graph,
};

/** Every pass alone, and all together, must leave the results' bits as they were. */
export function comparePasses(
  graph: Graph,
  feeds: Arrays,
): { readonly compared: number; readonly difference?: Difference; readonly where?: string } {
  const expected = reference.compile(graph).run(feeds);
  let compared = 0;
  for (const [name, pass] of Object.entries(passes)) {
    const after = pass(graph);
    if (after === graph) continue;
    const difference = firstDifference(reference.compile(after).run(feeds), expected);
    if (difference !== undefined) return { compared, difference, where: `after the pass ${name}` };
    compared += Object.values(expected).reduce((sum, { data }) => sum + data.length, 0);
  }
  return { compared };
}
