import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { numbers, singles } from './cases.ts';
import { numberType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `neg`. */
export const negOp: Op<'x'> = defineOp('neg', {
  doc: '−x, element by element.',
  infer: numberType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = -x[i]!;
  },
  vjp: { x: ({ ct }) => neg(ct) },
  degree: { x: 1 },
  simplify: ({ x }) => (x.op === negOp ? x.inputs.x : undefined),
  cases: singles(numbers),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Neg', attributes: {} }),
  example: (g) => neg(g.input('x', f64(2, 3))),
});

/** −x. */
export const neg: UnaryFunction = unary(negOp);
