import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { type BinaryFunction, binary } from './binary.ts';
import { numbers, pairs } from './cases.ts';
import { neg } from './neg.ts';
import { sameNumberType } from './same-type.ts';

/** The record of `sub`. */
export const subOp: Op<'a' | 'b'> = defineOp('sub', {
  doc: 'a − b, element by element.',
  infer: sameNumberType,
  kernel: ({ a: { data: a }, b: { data: b } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = a[i]! - b[i]!;
  },
  vjp: { a: ({ ct }) => ct, b: ({ ct }) => neg(ct) },
  degree: { a: 1, b: 1 },
  simplify: ({ a, b }) => (Object.is(b.uniform, 0) ? a : undefined),
  cases: pairs(numbers),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Sub', attributes: {} }),
  example: (g) => sub(g.input('a', f64(2, 3)), g.input('b', f64(2, 3))),
});

/** a − b, broadcasting like NumPy. */
export const sub: BinaryFunction = binary(subOp);
