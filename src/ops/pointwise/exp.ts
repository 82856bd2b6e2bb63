import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { floats, singles } from './cases.ts';
import { mul } from './mul.ts';
import { floatType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `exp`. */
export const expOp: Op<'x'> = defineOp('exp', {
  doc: 'e^x, element by element.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.exp(x[i]!);
  },
  vjp: { x: ({ y, ct }) => mul(ct, y) },
  degree: { x: 'smooth' },
  cases: singles(floats, { kind: 'range', low: -2, high: 2 }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Exp', attributes: {} }),
  example: (g) => exp(g.input('x', f64(2, 3))),
});

/** e^x. */
export const exp: UnaryFunction = unary(expOp);
