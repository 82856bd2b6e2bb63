import { GraphError } from '../graph/error.ts';
import type { Graph, Node } from '../graph/graph.ts';
import { isInput } from '../graph/input.ts';
import type { AnyOp, Operand } from '../graph/op.ts';
import { sameType, showType, type Type } from '../graph/type.ts';
import type { Literals } from '../ops/constant/literals.ts';
import { redirect } from './redirect.ts';
import type { EditableGraph, Rewrite } from './rewrite.ts';
import { runPass } from './run-pass.ts';

/** Rules of one operator may feed each other; one that never ends is a defect, and this many steps end it. */
const mostSteps = 100;

/**
 * Replaces nodes by what their operators declare to be equal and cheaper (`simplify` in the operator's record): x · 1,
 * −(−x), a transpose of a transpose. Results keep their bits. One sweep, inputs before readers.
 */
export const simplify = (graph: Graph, literals: Literals): Rewrite =>
  runPass('simplify', graph, (draft, { nodes }) => {
    const operands = new Map<string, Operand>();
    const ids = new Map<Operand, string>();
    const replacements = new Map<string, string>();
    for (const node of nodes) {
      const inputs: { [name: string]: Operand } = {};
      for (const name in node.inputs) inputs[name] = operands.get(node.inputs[name]!)!;
      const result = settle(node, inputs, ids, literals);
      operands.set(node.id, result);
      const known = ids.get(result);
      if (known !== undefined) replacements.set(node.id, known);
      else {
        ids.set(result, node.id);
        if (result.op !== node.op || result.attributes !== node.attributes || result.inputs !== inputs)
          write(draft, node.id, result, ids);
      }
    }
    redirect(draft, graph, replacements);
  });

/** Applies the operator's rule until it has no more to say; the result is an older operand, or a new form of the node. */
function settle(
  node: Node,
  inputs: { readonly [name: string]: Operand },
  ids: ReadonlyMap<Operand, string>,
  literals: Literals,
): Operand {
  let form = operand(node.type, node.op, inputs, node.attributes);
  if (isInput(node)) return form;
  for (let steps = 0; steps < mostSteps; steps++) {
    const simpler = node.op.simplify?.(form.inputs, form.attributes);
    if (simpler === undefined) return form;
    if (typeof simpler === 'number') {
      const { op, attributes } = literals.uniform(node.type, simpler);
      return operand(node.type, op, {}, attributes);
    }
    if (isOperand(simpler, ids)) {
      if (sameType(simpler, node.type)) return simpler;
      return refuse(node, `makes ${showType(simpler)} of ${showType(node.type)}`);
    }
    form = operand(node.type, node.op, simpler.inputs, simpler.attributes);
  }
  return refuse(node, `did not end after ${mostSteps} steps`);
}

const isOperand = (simpler: object, ids: ReadonlyMap<Operand, string>): simpler is Operand =>
  ids.has(simpler as Operand);

function operand(
  { dtype, shape }: Type,
  op: AnyOp,
  inputs: { readonly [name: string]: Operand },
  attributes: object,
): Operand {
  const value = Object.keys(inputs).length === 0 ? op.uniform?.(attributes) : undefined;
  return {
    dtype,
    shape,
    op,
    inputs,
    attributes,
    uniform: dtype === 'f32' && value !== undefined ? Math.fround(value) : value,
  };
}

function write(
  draft: EditableGraph,
  id: string,
  { op, inputs, attributes }: Operand,
  ids: ReadonlyMap<Operand, string>,
): void {
  const names = Object.entries(inputs).map(([name, source]) => [name, ids.get(source)!]);
  Object.assign(draft.nodes[id]!, { op, attributes, inputs: Object.fromEntries(names) });
}

function refuse(node: Node, what: string): never {
  throw new GraphError(
    {
      code: 'pass/simplify',
      summary: `the simplify rule of ${node.op.name} ${what}, at ${node.id}`,
      fix: `mend the rule: it must name an equal value of the same type.`,
    },
    node.op.name,
  );
}
