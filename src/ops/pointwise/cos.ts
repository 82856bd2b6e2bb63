import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { floats, singles } from './cases.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { floatType } from './same-type.ts';
import { sin } from './sin.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `cos`. */
export const cosOp: Op<'x'> = defineOp('cos', {
  doc: 'The cosine of x radians, element by element.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.cos(x[i]!);
  },
  vjp: { x: ({ x, ct }) => neg(mul(ct, sin(x))) },
  degree: { x: 'smooth' },
  cases: singles(floats, { kind: 'range', low: -3, high: 3 }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Cos', attributes: {} }),
  example: (g) => cos(g.input('x', f64(2, 3))),
});

/** The cosine of x radians. */
export const cos: UnaryFunction = unary(cosOp);
