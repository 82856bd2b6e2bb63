import { type Op, zero } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { numbers, singles } from '../pointwise/cases.ts';
import { type UnaryFunction, unary } from '../pointwise/unary.ts';

/** The record of `stopGradient`. */
export const stopGradientOp: Op<'x'> = defineOp('stopGradient', {
  doc: 'x itself, as a constant: no gradient flows back.',
  infer: ({ x }) => x,
  kernel: ({ x }, _, y) => {
    y.data.set(x.data);
  },
  vjp: { x: zero('declared constant') },
  // Not 0: the gradient is zero by decree, not because x does not move the result.
  degree: { x: 1 },
  cases: singles(numbers),
  reach: eachElement,
  passes: 'x',
  flops: () => 0,
  onnx: () => ({ op: 'Identity', attributes: {} }),
  example: (g) => stopGradient(g.input('x', f64(2, 3))),
});

/** x itself, as a constant: no gradient flows back. */
export const stopGradient: UnaryFunction = unary(stopGradientOp);
