import { vjp } from '../../../autodiff/vjp.ts';
import { GraphBuilder } from '../../../graph/builder.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { type ForeignCase, f32 } from '../foreign-operator.ts';
import type { TfjsOperator } from './tfjs-operator.ts';

/** The gradient of an operator, as an operator with gradients of its own. */
export function secondOrder(op: TfjsOperator, wrt: string): TfjsOperator {
  return {
    name: `${op.name} second order`,
    gradientFor: wrt,
    cases: (fc) => op.cases(fc).map((drawn) => withCotangent(op, drawn, wrt)),
    call: op.call,
    reference: ({ ct, ...inputs }, attributes) => vjp([op.reference!(inputs, attributes)], [inputs[wrt]!], [ct!])[0]!,
  };
}

/** The gradient for an input in which the operator is linear does not depend on it. */
function withCotangent(op: TfjsOperator, drawn: ForeignCase, wrt: string): ForeignCase {
  const g = new GraphBuilder();
  const inputs: { [name: string]: Tensor } = {};
  for (const [name, { type }] of Object.entries(drawn.inputs)) inputs[name] = g.input(name, type);
  const { shape } = op.reference!(inputs, drawn.attributes);
  const by = drawn.inputs[wrt]!;
  const at = by.degree === 1 ? { ...by, held: true } : by;
  return { ...drawn, inputs: { ...drawn.inputs, [wrt]: at, ct: f32(shape, { degree: 1 }) } };
}
