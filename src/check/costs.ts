import { type Graph, liveIds, nodesById } from '../graph/graph.ts';
import { isInput } from '../graph/input.ts';

/** Seconds on an ordinary processor: per node and per floating-point operation, to compile and to run. */
const reference = { node: 1.5e-6, flop: 1.3e-9 };
const compiled = { node: 0.2e-6, flop: 0.12e-9 };
const compiling = { program: 300e-6, node: 100e-6 };

/** Seconds that compiling a graph takes, and that it saves in every run against the reference: rough estimates. */
export function costsOf(graph: Graph): { readonly compiling: number; readonly savedPerRun: number } {
  const live = liveIds(graph);
  const byId = nodesById(graph);
  let nodes = 0;
  let flops = 0;
  for (const node of graph.nodes) {
    if (!live.has(node.id) || isInput(node)) continue;
    const { op, inputs, attributes, type } = node;
    const types = Object.fromEntries(Object.entries(inputs).map(([name, from]) => [name, byId.get(from)!.type]));
    nodes++;
    flops += op.flops({ ...types, y: type }, attributes);
  }
  return {
    compiling: compiling.program + nodes * compiling.node,
    savedPerRun: nodes * (reference.node - compiled.node) + flops * (reference.flop - compiled.flop),
  };
}
