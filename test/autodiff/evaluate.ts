import { compile } from '../../src/backends/index.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';

/** The numbers of one tensor, inputs fed by name as flat lists. */
export function evaluate(tensor: Tensor, feeds: { readonly [name: string]: readonly number[] } = {}): number[] {
  const graph = tensor.graph.build({ result: tensor });
  const inputs: { [name: string]: NdArray } = {};
  for (const name of Object.keys(graph.inputs)) {
    const node = graph.nodes.find(({ id }) => id === graph.inputs[name])!;
    inputs[name] = array(node.type, feeds[name]);
  }
  return Array.from(compile(graph).run(inputs).result!.data);
}
