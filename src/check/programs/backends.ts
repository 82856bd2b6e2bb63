import type { Arrays } from '../../backends/backend.ts';
import { wasmWith } from '../../backends/wasm/wasm.ts';
import type { Graph } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { firstDifference } from './difference.ts';
import { inTurn } from './in-turn.ts';
import { type Comparison, compareNodes } from './local.ts';
import { compareSteps } from './stateful.ts';

/** Keeps to the numbers of the definition wherever nothing has to be rounded; also plans as it comes. */
const compiled = { exact: wasmWith({ threads: 1, exact: true }), fastest: wasmWith({ threads: 1 }) };

export interface BackendChecks {
  readonly mode: 'exact' | 'fastest';
  /** So many threads must give the bits that one gives. */
  readonly threads: number;
  /** Whether results are to take the place of inputs, for another run. */
  readonly steps: boolean;
}

/**
 * Holds the compiled backend against the definition, node by node, then the program as it is run (fused, in memory that
 * serves again) against the one in which every node can be looked at.
 */
export function compareBackends(
  graph: Graph,
  feeds: Arrays,
  { mode, threads, steps }: BackendChecks,
): Comparison & { readonly where?: string } {
  const open = visible(graph);
  const backend = compiled[mode];
  const all = backend.compile(open).run(feeds);
  const valueAt = (id: string) => {
    const node = nodeOf(open, id);
    return isInput(node) ? feeds[inputAttributes(node).name]! : all[id]!;
  };
  const nodes = compareNodes(open, valueAt, mode === 'fastest');
  if (nodes.difference !== undefined) return { ...nodes, where: `wasm, ${mode}` };
  const expected: Arrays = Object.fromEntries(Object.entries(graph.outputs).map(([name, id]) => [name, valueAt(id)]));
  const together = backend.compile(graph).run(feeds);
  const whole = firstDifference(together, expected);
  if (whole !== undefined)
    return { ...nodes, difference: whole, where: `wasm, ${mode}, nodes together and one by one` };
  const shared = threads > 1 ? inTurn(graph, feeds, threads, mode === 'exact') : undefined;
  const apart = shared && firstDifference(shared, together);
  if (apart !== undefined) return { ...nodes, difference: apart, where: `wasm on ${threads} threads` };
  const step = steps ? compareSteps(graph, feeds, backend) : undefined;
  return step === undefined ? nodes : { ...nodes, difference: step, where: 'wasm, with states' };
}

const nodeOf = (graph: Graph, id: string) => graph.nodes[Number(id.slice(1))]!;

/** The graph with every node a result. */
const visible = (graph: Graph): Graph => ({
  ...graph,
  outputs: Object.fromEntries(graph.nodes.filter((node) => !isInput(node)).map(({ id }) => [id, id])),
});
