import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { floats, singles } from './cases.ts';
import { div } from './div.ts';
import { floatType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `log`. */
export const logOp: Op<'x'> = defineOp('log', {
  doc: 'The natural logarithm, element by element; −Infinity at 0, NaN below.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.log(x[i]!);
  },
  vjp: { x: ({ x, ct }) => div(ct, x) },
  degree: { x: 'smooth' },
  cases: singles(floats, { kind: 'range', low: 0.5, high: 4 }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Log', attributes: {} }),
  example: (g) => log(g.input('x', f64(2, 3))),
});

/** The natural logarithm; −Infinity at 0, NaN below. */
export const log: UnaryFunction = unary(logOp);
