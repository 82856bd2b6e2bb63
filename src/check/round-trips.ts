import { vjp } from '../autodiff/vjp.ts';
import { GraphBuilder } from '../graph/builder.ts';
import { check } from '../graph/check.ts';
import { isFloat } from '../graph/dtype.ts';
import { CotangentError } from '../graph/error.ts';
import type { Graph } from '../graph/graph.ts';
import { isInput } from '../graph/input.ts';
import type { AnyOp, OpTable } from '../graph/op.ts';
import { ruleFor } from '../graph/op.ts';
import type { Tensor } from '../graph/tensor.ts';
import { fromJson, toJson } from '../graph/text/json.ts';
import { parse } from '../graph/text/parse.ts';
import { print } from '../graph/text/print.ts';

/** A tensor together with its gradients for every float input of its graph that it is differentiable in, as one graph. */
export function withGradients(y: Tensor): Graph {
  const g = y.graph;
  const leaves = g.tensors.filter((tensor) => isInput(tensor.node) && isFloat(tensor.dtype));
  const wrt = leaves.filter((leaf) =>
    g.tensors.some(({ node }) =>
      Object.entries(node.inputs).some(([key, id]) => id === leaf.id && typeof ruleFor(node.op, key) === 'function'),
    ),
  );
  if (!isFloat(y.dtype) || wrt.length === 0) return g.build({ y });
  const gradients = vjp([y], wrt, [g.input('ct', y)]);
  return g.build({
    y,
    ...Object.fromEntries(wrt.map(({ node }, i) => [`d_${(node.attributes as { name: string }).name}`, gradients[i]!])),
  });
}

/** The operator's own example with its gradients. */
export const exampleGradients = (op: AnyOp): Graph => withGradients(op.example(new GraphBuilder()));

/**
 * Proves that a graph survives being printed and parsed, and being saved as JSON and read back.
 *
 * @throws CotangentError `gradcheck/round-trip`.
 */
export function checkRoundTrips(graph: Graph, ops: OpTable): void {
  check(graph);
  const text = print(graph);
  const json = JSON.stringify(toJson(graph));
  const back = { text: parse(text, ops), json: fromJson(JSON.parse(json), ops) };
  for (const [form, again] of Object.entries(back)) {
    if (print(again) === text && JSON.stringify(toJson(again)) === json) continue;
    throw new CotangentError({
      code: 'gradcheck/round-trip',
      summary: `the graph changes on its way through ${form}`,
      details: ['before', ...text.split('\n'), 'after', ...print(again).split('\n')],
      fix: 'keep attributes plain JSON, fully explicit.',
    });
  }
}
