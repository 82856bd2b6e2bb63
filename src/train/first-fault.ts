import type { Arrays, Backend } from '../backends/backend.ts';
import { compile } from '../backends/compile.ts';
import { describe } from '../graph/builder.ts';
import { isFloat } from '../graph/dtype.ts';
import { type Graph, type Node, nodesById } from '../graph/graph.ts';
import type { NdArray } from '../graph/nd-array.ts';

/**
 * Describes the operator that made the first NaN or infinity which reached an output: the earliest one on the way whose own inputs are
 * all finite, with the ranges of these. Infinities that go nowhere, such as the padding of a maximum, are none. Runs the graph once
 * with every node kept, so it takes memory: for use after a failure. No lines where nothing is at fault.
 */
export function firstFault(graph: Graph, kept: Arrays, feeds: Arrays, backend?: Backend): readonly string[] {
  const nodes = graph.nodes.filter((node) => isFloat(node.type.dtype));
  const outputs = Object.fromEntries(nodes.map(({ id }) => [id, id]));
  const program = compile({ ...graph, outputs, updates: {} }, backend === undefined ? {} : { backend });
  try {
    for (const [name, value] of Object.entries(kept)) program.write(name, value);
    const values = program.run(feeds);
    const node = originOf(graph, (id) => Object.hasOwn(values, id) && hasFault(values[id]!));
    return node === undefined ? [] : [describe('first at', { node }), ...rangesOf(node, values)];
  } finally {
    program.close();
  }
}

function originOf(graph: Graph, isFaulty: (id: string) => boolean): Node | undefined {
  const byId = nodesById(graph);
  const isAtFault = (id: string): boolean => byId.get(id)!.op.name !== 'constant' && isFaulty(id);
  const faulty = new Set(Object.values(graph.outputs).filter(isAtFault));
  // Grows while it is walked.
  for (const id of faulty)
    for (const input of Object.values(byId.get(id)!.inputs)) if (isAtFault(input)) faulty.add(input);
  return graph.nodes.find(
    ({ id, inputs }) => faulty.has(id) && !Object.values(inputs).some((input) => faulty.has(input)),
  );
}

const hasFault = ({ data }: NdArray): boolean => data.some((x) => !Number.isFinite(x));

function rangesOf({ inputs }: Node, values: Arrays): string[] {
  return Object.entries(inputs)
    .filter(([, id]) => Object.hasOwn(values, id))
    .map(([name, id]) => {
      let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const x of values[id]!.data) [low, high] = [Math.min(low, x), Math.max(high, x)];
      return `its ${name} lies between ${low} and ${high}`;
    });
}
