import { attributeText } from '../graph/attributes.ts';
import type { Graph, Node } from '../graph/graph.ts';
import { isInput } from '../graph/input.ts';
import type { AnyOp } from '../graph/op.ts';
import { redirect } from './redirect.ts';
import type { Rewrite } from './rewrite.ts';
import { runPass } from './run-pass.ts';

/**
 * Makes equal nodes one: same operator, inputs and attributes, and for commutative operators inputs in either order.
 * A builder's own graphs have few of them; composed, parsed and simplified ones do.
 */
export const mergeCommonSubexpressions = (graph: Graph): Rewrite =>
  runPass('common-subexpressions', graph, (draft, { nodes }) => {
    const operators = new Map<AnyOp, number>();
    const first = new Map<string, string>();
    const twins = new Map<string, string>();
    for (const node of nodes) {
      if (isInput(node)) continue;
      if (!operators.has(node.op)) operators.set(node.op, operators.size);
      const key = `${operators.get(node.op)} ${operands(node, twins)} ${attributeText(node.attributes)}`;
      const twin = first.get(key);
      if (twin === undefined) first.set(key, node.id);
      else twins.set(node.id, twin);
    }
    redirect(draft, graph, twins);
  });

function operands({ op, inputs }: Node, twins: ReadonlyMap<string, string>): string {
  const entries = Object.entries(inputs).map(([name, id]) => [name, twins.get(id) ?? id] as const);
  if (op.commutative)
    return entries
      .map(([, id]) => id)
      .sort()
      .join();
  return entries
    .map(([name, id]) => `${JSON.stringify(name)}:${id}`)
    .sort()
    .join();
}
