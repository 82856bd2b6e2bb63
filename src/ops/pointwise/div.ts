import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { type BinaryFunction, binary } from './binary.ts';
import { floats, pairs } from './cases.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { sameFloatType } from './same-type.ts';

/** The record of `div`. */
export const divOp: Op<'a' | 'b'> = defineOp('div', {
  doc: 'a / b, element by element; infinite or NaN where b is 0.',
  infer: sameFloatType,
  kernel: ({ a: { data: a }, b: { data: b } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = a[i]! / b[i]!;
  },
  vjp: { a: ({ b, ct }) => div(ct, b), b: ({ b, y, ct }) => neg(mul(div(ct, b), y)) },
  degree: { a: 1, b: 'smooth' },
  simplify: ({ a, b }) => (b.uniform === 1 ? a : undefined),
  cases: pairs(floats, { b: { kind: 'range', low: 0.5, high: 3 } }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Div', attributes: {} }),
  example: (g) => div(g.input('a', f64(2, 3)), g.input('b', f64(2, 3))),
});

/** a / b of floats, broadcasting like NumPy. */
export const div: BinaryFunction = binary(divOp);
