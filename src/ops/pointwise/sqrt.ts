import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { floats, singles } from './cases.ts';
import { greater } from './compare.ts';
import { div } from './div.ts';
import { mul } from './mul.ts';
import { floatType } from './same-type.ts';
import { select } from './select.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `sqrt`. */
export const sqrtOp: Op<'x'> = defineOp('sqrt', {
  doc: 'The square root, element by element; NaN below 0. Its derivative at 0 is taken as 0.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.sqrt(x[i]!);
  },
  vjp: {
    // Both selects are needed: without the inner one, derivatives of the unchosen branch would be NaN at 0.
    x: ({ y, ct }) => select(greater(y, 0), div(ct, select(greater(y, 0), mul(y, 2), 1)), 0),
  },
  degree: { x: 'smooth' },
  kinks: [{ types: { x: f64(1) }, at: { x: [0] }, attributes: {}, input: 'x', takes: ['zero'], singular: true }],
  cases: singles(floats, { kind: 'range', low: 0.5, high: 4 }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Sqrt', attributes: {} }),
  example: (g) => sqrt(g.input('x', f64(2, 3))),
});

/** The square root; NaN below 0. Its derivative at 0 is taken as 0. */
export const sqrt: UnaryFunction = unary(sqrtOp);
