import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { add } from './add.ts';
import { floats, singles } from './cases.ts';
import { div } from './div.ts';
import { mul } from './mul.ts';
import { floatType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `atan`. */
export const atanOp: Op<'x'> = defineOp('atan', {
  doc: 'The inverse tangent in radians, element by element: between −π/2 and π/2.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.atan(x[i]!);
  },
  vjp: { x: ({ x, ct }) => div(ct, add(mul(x, x), 1)) },
  degree: { x: 'smooth' },
  cases: singles(floats, { kind: 'range', low: -2.5, high: 2.5 }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Atan', attributes: {} }),
  example: (g) => atan(g.input('x', f64(2, 3))),
});

/** The inverse tangent in radians. */
export const atan: UnaryFunction = unary(atanOp);
