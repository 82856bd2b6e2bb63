import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { numbers, singles } from './cases.ts';
import { mul } from './mul.ts';
import { numberType } from './same-type.ts';
import { sign } from './sign.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `abs`. */
export const absOp: Op<'x'> = defineOp('abs', {
  doc: '|x|, element by element. Its derivative at 0 is taken as 0.',
  infer: numberType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.abs(x[i]!);
  },
  vjp: { x: ({ x, ct }) => mul(ct, sign(x)) },
  degree: { x: 1 },
  branch: ({ x: { data: x } }) => x.map(Math.sign),
  kinks: [{ types: { x: f64(1) }, at: { x: [0] }, attributes: {}, input: 'x', takes: ['zero'] }],
  cases: singles(numbers, { kind: 'between' }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Abs', attributes: {} }),
  example: (g) => abs(g.input('x', f64(2, 3))),
});

/** |x|. Its derivative at 0 is taken as 0. */
export const abs: UnaryFunction = unary(absOp);
