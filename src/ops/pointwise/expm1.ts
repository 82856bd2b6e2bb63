import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { add } from './add.ts';
import { floats, singles } from './cases.ts';
import { mul } from './mul.ts';
import { floatType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `expm1`. */
export const expm1Op: Op<'x'> = defineOp('expm1', {
  doc: 'e^x − 1, element by element, exact near 0.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.expm1(x[i]!);
  },
  vjp: { x: ({ y, ct }) => mul(ct, add(y, 1)) },
  degree: { x: 'smooth' },
  cases: singles(floats, { kind: 'range', low: -2, high: 2 }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  example: (g) => expm1(g.input('x', f64(2, 3))),
});

/** e^x − 1, exact near 0. */
export const expm1: UnaryFunction = unary(expm1Op);
