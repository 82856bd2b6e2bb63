import { nondiff, type Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { bool } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { singles } from './cases.ts';
import { maskType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `not`. */
export const notOp: Op<'x'> = defineOp('not', {
  doc: 'The mask that holds where x does not, element by element.',
  infer: maskType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = x[i] === 0 ? 1 : 0;
  },
  vjp: { x: nondiff('a mask has no tangents') },
  degree: {},
  cases: singles(['bool']),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Not', attributes: {} }),
  example: (g) => not(g.input('x', bool(2, 3))),
});

/** The mask that holds where x does not. */
export const not: UnaryFunction = unary(notOp);
