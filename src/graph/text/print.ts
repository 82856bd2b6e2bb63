import { attributeText } from '../attributes.ts';
import type { Graph, Node } from '../graph.ts';
import { inputAttributes, isInput } from '../input.ts';
import { showType } from '../type.ts';
import { nameText, scopeText } from './names.ts';

/**
 * A graph as text, one line per node, then one per output and update:
 *
 * ```text
 * n0 = input "x" : f64[1,8,16,16]
 * n1 = parameter "w" : f64[16,8,1,1]
 * n2 = conv(x: n0, w: n1) {"groups":1} : f64[1,16,16,16]  # unet/down1
 * output y = n2
 * ```
 *
 * `parse` reads it back to the identical graph.
 */
export function print(graph: Graph): string {
  const lines = graph.nodes.map(printNode);
  for (const [name, id] of Object.entries(graph.outputs)) lines.push(`output ${nameText(name)} = ${id}`);
  for (const [name, id] of Object.entries(graph.updates)) lines.push(`update ${nameText(name)} = ${id}`);
  return `${lines.join('\n')}\n`;
}

/** One node as `print` writes it. */
export function printNode(node: Node): string {
  const scope = node.scope === undefined ? '' : `  # ${scopeText(node.scope)}`;
  return `${node.id} = ${isInput(node) ? leaf(node) : call(node)} : ${showType(node.type)}${scope}`;
}

/** The type says the dtype and the shape of a leaf, so its attributes need not. */
function leaf(node: Node): string {
  const { role, name } = inputAttributes(node);
  return `${role} ${JSON.stringify(name)}`;
}

function call(node: Node): string {
  const operands = Object.entries(node.inputs).map(([name, id]) => `${nameText(name)}: ${id}`);
  const attributes = attributeText(node.attributes);
  return `${nameText(node.op.name)}(${operands.join(', ')})${attributes === '{}' ? '' : ` ${attributes}`}`;
}
