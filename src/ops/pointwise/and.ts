import { nondiff, type Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { bool } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { type BinaryFunction, binary } from './binary.ts';
import { pairs } from './cases.ts';
import { sameMaskType } from './same-type.ts';

/** The record of `and`. */
export const andOp: Op<'a' | 'b'> = defineOp('and', {
  doc: 'The mask that holds where both a and b do, element by element.',
  infer: sameMaskType,
  kernel: ({ a: { data: a }, b: { data: b } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = a[i]! & b[i]!;
  },
  vjp: { a: nondiff('a mask has no tangents'), b: nondiff('a mask has no tangents') },
  degree: {},
  commutative: true,
  cases: pairs(['bool']),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'And', attributes: {} }),
  example: (g) => and(g.input('a', bool(2, 3)), g.input('b', bool(2, 3))),
});

/** The mask that holds where both a and b do, broadcasting like NumPy. */
export const and: BinaryFunction = binary(andOp);
