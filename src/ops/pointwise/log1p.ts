import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { add } from './add.ts';
import { floats, singles } from './cases.ts';
import { div } from './div.ts';
import { floatType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `log1p`. */
export const log1pOp: Op<'x'> = defineOp('log1p', {
  doc: 'ln(1 + x), element by element, exact near 0.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.log1p(x[i]!);
  },
  vjp: { x: ({ x, ct }) => div(ct, add(x, 1)) },
  degree: { x: 'smooth' },
  cases: singles(floats, { kind: 'range', low: -0.5, high: 4 }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  example: (g) => log1p(g.input('x', f64(2, 3))),
});

/** ln(1 + x), exact near 0. */
export const log1p: UnaryFunction = unary(log1pOp);
