import { type Arrays, compile } from '../../backends/index.ts';
import { type Graph, nodesById } from '../../graph/graph.ts';
import { inputAttributes, isInput } from '../../graph/input.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { ancestors } from '../../graph/topology.ts';

/** The value of a node, the leaves that it needs and that `values` lack being zero. */
export function evaluate(graph: Graph, id: string, values: Arrays): NdArray {
  const needed = ancestors(graph, [id]);
  const nodes = graph.nodes.filter((node) => needed.has(node.id));
  const leaves = nodes.filter(isInput).map((node) => [inputAttributes(node).name, node.id] as const);
  const executable = compile({ nodes, inputs: Object.fromEntries(leaves), outputs: { value: id }, updates: {} });
  const feeds: { [name: string]: NdArray } = {};
  for (const [name, leaf] of leaves) {
    const node = nodesById(graph).get(leaf)!;
    const value = values[name] ?? array(node.type);
    if (inputAttributes(node).role === 'input') feeds[name] = value;
    else executable.write(name, value);
  }
  const { value } = executable.run(feeds);
  executable.close();
  return value!;
}

/** Whether a node's value is the same in every run. */
export const isFixed = (graph: Graph, id: string): boolean => {
  const byId = nodesById(graph);
  return [...ancestors(graph, [id])].every((at) => !isInput(byId.get(at)!));
};
