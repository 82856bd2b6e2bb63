import { CotangentError } from '../../graph/error.ts';
import { type Graph, nodesById } from '../../graph/graph.ts';
import { array, type NdArray } from '../../graph/nd-array.ts';
import { type AnyOp, stemOf } from '../../graph/op.ts';

/**
 * How often every element of a node's result is written: what the node's definition makes of values and weights of one
 * (operators.md 39). Of a transposed convolution, how many taps fall on an output, times the channels that are summed; of a
 * resize, the sum of the weights. `checkerboardIn` says how even it is.
 *
 * @param id of a node that is linear in each of its inputs: convolution, product, resize, pooling by means, shape
 * @throws CotangentError `coverage/node` for others.
 */
export function coverageOf(graph: Graph, id: string): NdArray {
  const byId = nodesById(graph);
  const node = byId.get(id);
  const keys = Object.keys(node?.inputs ?? {});
  if (node === undefined || keys.length === 0 || !keys.every((key) => isLinear(node.op, key)))
    throw new CotangentError({
      code: 'coverage/node',
      summary: node === undefined ? `there is no node ${id}` : `${id}, ${node.op.name}, is not linear in its inputs`,
      fix: 'name a node that is linear in each of its inputs.',
    });
  const ones = Object.entries(node.inputs).map(([key, from]) => {
    const value = array(byId.get(from)!.type);
    value.data.fill(1);
    return [key, value] as const;
  });
  const y = array(node.type);
  node.op.kernel(Object.fromEntries(ones), node.attributes, y);
  return y;
}

const isLinear = ({ degree }: AnyOp, key: string): boolean => (degree[key] ?? degree[stemOf(key)]) === 1;
