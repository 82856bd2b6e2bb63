import { checkpoint } from '../autodiff/index.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { type FloatDType, isFloat } from '../graph/dtype.ts';
import type { Graph, Node } from '../graph/graph.ts';
import { inputAttributes, isInput } from '../graph/input.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Type } from '../graph/type.ts';
import { declareParameters, type Net, type Scores } from '../nn/index.ts';

/**
 * The same net whose backward pass computes every scope of a depth once more in place of keeping what is inside it: memory for time. Only scopes that
 * hand on one value can be so; the others stay as they are.
 *
 * @param depth of the scopes that are recomputed: 2 for `unet/down1`
 */
export function recomputed(net: Net, x: Type<readonly number[], FloatDType>, depth: number): Net {
  const own = new GraphBuilder();
  const y = net.apply(own.input('x', x), declareParameters(own, net.parameterTypes));
  const graph = own.build({ y });
  return { ...net, apply: (x, parameters) => segmented(graph, { x, ...parameters }, depth) as Scores };
}

/** One part of a graph that makes one value of others. */
interface Segment {
  readonly nodes: readonly Node[];
  readonly reads: readonly string[];
  readonly result: string;
}

function segmented(graph: Graph, inputs: { readonly [name: string]: Tensor }, depth: number): Tensor {
  const { segmentAt, inside } = segmentsOf(graph, depth);
  const values = new Map<string, Tensor>();
  const g = Object.values(inputs)[0]!.graph;
  for (const node of graph.nodes) {
    const segment = segmentAt.get(node.id);
    if (isInput(node)) values.set(node.id, inputs[inputAttributes(node).name]!);
    else if (segment !== undefined) {
      const operands = segment.reads.map((id) => [id, values.get(id)!] as const);
      // Whole numbers, as the places of maxima, are kept: they have no gradient.
      const reads = Object.fromEntries(operands.filter(([, { dtype }]) => isFloat(dtype)));
      values.set(
        segment.result,
        checkpoint(reads, (from) => {
          const own = new Map([...operands, ...Object.entries(from)]);
          for (const each of segment.nodes) own.set(each.id, again(each, own, g));
          return own.get(segment.result)!;
        }),
      );
    } else if (!inside.has(node.id)) values.set(node.id, again(node, values, g));
  }
  return values.get(graph.outputs.y!)!;
}

const again = (node: Node, values: ReadonlyMap<string, Tensor>, g: Tensor['graph']): Tensor =>
  g.emit(
    node.op,
    Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, values.get(id)!])),
    node.attributes,
  );

/** Each segment by its last node, and everything that lies in one. */
function segmentsOf(
  graph: Graph,
  depth: number,
): { readonly segmentAt: ReadonlyMap<string, Segment>; readonly inside: ReadonlySet<string> } {
  const groups = new Map<string, Node[]>();
  for (const node of graph.nodes) {
    const path = (node.scope ?? '').split('/').slice(0, depth);
    if (isInput(node) || path.length < depth) continue;
    groups.set(path.join('/'), [...(groups.get(path.join('/')) ?? []), node]);
  }
  const segmentAt = new Map<string, Segment>();
  const inside = new Set<string>();
  const ends = new Set(Object.values(graph.outputs));
  for (const nodes of groups.values()) {
    const own = new Set(nodes.map(({ id }) => id));
    const last = graph.nodes.indexOf(nodes.at(-1)!);
    const readers = graph.nodes.flatMap((node, at) =>
      own.has(node.id) ? [] : Object.values(node.inputs).flatMap((id) => (own.has(id) ? [{ id, at }] : [])),
    );
    const results = new Set([...readers.map(({ id }) => id), ...[...own].filter((id) => ends.has(id))]);
    if (results.size !== 1 || readers.some(({ at }) => at < last)) continue;
    const reads = [...new Set(nodes.flatMap(({ inputs }) => Object.values(inputs)))].filter((id) => !own.has(id));
    // What only depends on itself has no gradient to recompute for.
    if (reads.length === 0) continue;
    segmentAt.set(nodes.at(-1)!.id, { nodes, reads, result: [...results][0]! });
    for (const id of own) inside.add(id);
  }
  return { segmentAt, inside };
}
