import { type Op, zero } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { numbers, singles } from './cases.ts';
import { numberType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `sign`. */
export const signOp: Op<'x'> = defineOp('sign', {
  doc: '−1, 0 or 1 as x is negative, zero or positive, element by element; NaN of NaN.',
  infer: numberType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.sign(x[i]!);
  },
  vjp: { x: zero('constant but for the jump at 0') },
  degree: { x: 0 },
  cases: singles(numbers, { kind: 'between' }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Sign', attributes: {} }),
  example: (g) => sign(g.input('x', f64(2, 3))),
});

/** −1, 0 or 1 as x is negative, zero or positive. Its derivative is zero. */
export const sign: UnaryFunction = unary(signOp);
