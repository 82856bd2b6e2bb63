import { withGradients } from '../../src/check/index.ts';
import { type Graph, isFloat, print, type Tensor } from '../../src/index.ts';
import { literals, optimize } from '../../src/passes/index.ts';

/** Longer graphs are told of by what they are made of. */
const mostLines = 24;
/** Longer lines, of tables mostly, are cut. */
const mostLetters = 120;

/** The graph of some tensors and that of the first one's gradients, simplified, each folded away under its size. */
export function graphsOf(outputs: readonly (readonly [name: string, tensor: Tensor])[]): string {
  const [first] = outputs;
  if (first === undefined) return '';
  const forward = first[1].graph.build(Object.fromEntries(outputs));
  const differentiable = outputs.find(([, { dtype }]) => isFloat(dtype));
  const gradients = differentiable === undefined ? undefined : gradientsOf(differentiable[1]);
  return [
    folded('graph', forward),
    ...(gradients === undefined || gradients.nodes.length <= forward.nodes.length
      ? []
      : [folded('with its gradients', gradients)]),
  ].join('\n');
}

/** The graph with gradients; undefined where there is nothing to differentiate by. */
function gradientsOf(y: Tensor): Graph | undefined {
  const graph = withGradients(y);
  return Object.keys(graph.outputs).length > 1 ? graph : undefined;
}

function folded(what: string, graph: Graph): string {
  const { graph: simple } = optimize(graph, literals);
  const lines = print(simple).trimEnd().split('\n');
  const text =
    lines.length > mostLines
      ? counts(simple)
      : lines.map((line) => (line.length > mostLetters ? `${line.slice(0, mostLetters)} …` : line)).join('\n');
  return [
    `<details><summary>${what}, ${simple.nodes.length} nodes</summary>`,
    '',
    '```text',
    text,
    '```',
    '',
    '</details>',
  ].join('\n');
}

/** `12 add, 3 conv, 2 reshape`. */
function counts({ nodes }: Graph): string {
  const found = new Map<string, number>();
  for (const { op } of nodes) found.set(op.name, (found.get(op.name) ?? 0) + 1);
  return [...found]
    .sort(([a, m], [b, n]) => n - m || a.localeCompare(b))
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
