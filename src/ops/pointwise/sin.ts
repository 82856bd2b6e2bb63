import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { floats, singles } from './cases.ts';
import { cos } from './cos.ts';
import { mul } from './mul.ts';
import { floatType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `sin`. */
export const sinOp: Op<'x'> = defineOp('sin', {
  doc: 'The sine of x radians, element by element.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.sin(x[i]!);
  },
  vjp: { x: ({ x, ct }) => mul(ct, cos(x)) },
  degree: { x: 'smooth' },
  cases: singles(floats, { kind: 'range', low: -3, high: 3 }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Sin', attributes: {} }),
  example: (g) => sin(g.input('x', f64(2, 3))),
});

/** The sine of x radians. */
export const sin: UnaryFunction = unary(sinOp);
