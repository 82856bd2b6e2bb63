import type { GraphBuilder } from '../graph/builder.ts';
import type { Dict, Op, OpSpec } from '../graph/op.ts';
import type { Tensor } from '../graph/tensor.ts';

/**
 * Makes an operator of its record. The result is the record and a function that adds a node to the graph of its inputs;
 * it is registered by standing in an op table, nowhere else.
 *
 * Types flow from the annotation `Op<…>` only (hence NoInfer), so a missing rule or a misspelt input is a compile error.
 */
export function defineOp<I extends string, A extends object>(
  name: string,
  spec: OpSpec<NoInfer<I>, NoInfer<A>>,
): Op<I, A> {
  const op = (inputs: Dict<I, Tensor>, attributes: A): Tensor =>
    builderOf(name, inputs).emit(record, inputs, attributes);
  const record = Object.assign(op, spec) as Op<I, A>;
  Object.defineProperty(op, 'name', { value: name });
  return Object.freeze(record);
}

function builderOf(name: string, inputs: { readonly [name: string]: Tensor }): GraphBuilder {
  for (const key in inputs) return inputs[key]!.graph;
  throw new TypeError(`${name} has no inputs to take a graph from: use GraphBuilder.emit`);
}
