import type { GraphBuilder } from '../graph/builder.ts';
import { isFloat } from '../graph/dtype.ts';
import { CotangentError } from '../graph/error.ts';
import { type Graph, nodesById } from '../graph/graph.ts';
import { inputAttributes, isInput } from '../graph/input.ts';
import type { Tensor } from '../graph/tensor.ts';
import type { Type } from '../graph/type.ts';
import { concat, reshape } from '../ops/index.ts';
import { functionSubject } from './function-subject.ts';
import type { GraphOptions } from './gradcheck.ts';
import type { Subject } from './subject.ts';

/** A graph, computed in f64, differentiated by all its floats; all float outputs together are the result. */
export function graphSubject(graph: Graph, options: GraphOptions): Subject {
  const byId = nodesById(graph);
  const types: { [name: string]: Type } = {};
  for (const [name, id] of Object.entries(graph.inputs)) types[name] = inDouble(byId.get(id)!.type) as Type;
  const outputs = Object.values(graph.outputs).filter((id) => isFloat(byId.get(id)!.type.dtype));
  if (outputs.length === 0)
    throw new CotangentError({
      code: 'gradcheck/options',
      summary: 'the graph has no float output to differentiate',
      fix: 'check a graph whose outputs are floats.',
    });
  const build = (inputs: { readonly [name: string]: Tensor }, g: GraphBuilder): Tensor => {
    const here = new Map<string, Tensor>();
    for (const node of graph.nodes) {
      const own = Object.entries(node.inputs).map(([name, from]) => [name, here.get(from)!] as const);
      const made = isInput(node)
        ? inputs[inputAttributes(node).name]!
        : g.emit(node.op, Object.fromEntries(own), inDouble(node.attributes) as object);
      here.set(node.id, made);
    }
    const results = outputs.map((id) => here.get(id)!);
    if (results.length === 1) return results[0]!;
    return concat(
      results.map((y) => reshape(y, [-1])),
      0,
    );
  };
  return functionSubject(build, { name: 'graph', ...options, types });
}

/** Plain data that speaks of f64 where it spoke of f32: derivatives are measured in doubles. */
function inDouble(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(inDouble);
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).map(([key, value]) => [
    key,
    key === 'dtype' && value === 'f32' ? 'f64' : inDouble(value),
  ]);
  return Object.fromEntries(entries);
}
