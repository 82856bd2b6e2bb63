import { vjp } from '../../autodiff/index.ts';
import { GraphBuilder } from '../../graph/builder.ts';
import { isFloat } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import { type Graph, type Node, nodesById } from '../../graph/graph.ts';
import { isInput } from '../../graph/input.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { print } from '../../graph/text/print.ts';
import { literals, optimize } from '../../passes/index.ts';

/** Longer texts are cut: tables of weights would fill pages. */
const mostLines = 40;
const mostLetters = 180;

/** The rules of a graph's nodes as text, each written once. */
export interface Rules {
  readonly texts: readonly string[];
  /** Which of them is the node's. */
  readonly of: ReadonlyMap<string, number>;
}

/**
 * What reverse mode appends for each node: the operator's rules, put down for these very types and attributes and simplified, as a graph whose
 * input `ct` is the cotangent of the result. Nodes that have no derivative say so.
 */
export function rulesOf(graph: Graph): Rules {
  const byId = nodesById(graph);
  const texts: string[] = [];
  const numbers = new Map<string, number>();
  const of = new Map<string, number>();
  for (const node of graph.nodes) {
    if (isInput(node)) continue;
    const operands = Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, byId.get(id)!.type]));
    const key = JSON.stringify([node.op.name, node.attributes, operands]);
    let number = numbers.get(key);
    if (number === undefined) {
      number = texts.push(ruleText(node, operands)) - 1;
      numbers.set(key, number);
    }
    of.set(node.id, number);
  }
  return { texts, of };
}

function ruleText(node: Node, types: { readonly [name: string]: Node['type'] }): string {
  if (!isFloat(node.type.dtype)) return `no gradient: the result is ${node.type.dtype}`;
  const g = new GraphBuilder();
  const inputs = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, g.input(name, type)]));
  const y = g.emit(node.op, inputs, node.attributes);
  const ct = g.input('ct', node.type);
  const slopes: { [name: string]: Tensor } = {};
  const without: string[] = [];
  for (const [name, input] of Object.entries(inputs)) {
    if (!isFloat(input.dtype)) continue;
    try {
      slopes[`d${name}`] = vjp({ y }, { input }, { y: ct }).input;
    } catch (error) {
      if (!(error instanceof CotangentError)) throw error;
      without.push(`${name}: ${error.message.split('\n')[0]}`);
    }
  }
  const [first] = Object.keys(slopes);
  const text = first === undefined ? '' : print(optimize(g.build(slopes), literals).graph);
  return [...(text === '' ? [] : [cut(text)]), ...without].join('\n') || 'no gradient: no input is a float';
}

function cut(text: string): string {
  const lines = text.trimEnd().split('\n');
  const shown = lines
    .slice(0, mostLines)
    .map((line) => (line.length > mostLetters ? `${line.slice(0, mostLetters)} …` : line));
  return [...shown, ...(lines.length > mostLines ? [`… ${lines.length - mostLines} lines more`] : [])].join('\n');
}
