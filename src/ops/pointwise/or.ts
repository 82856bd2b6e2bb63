import { nondiff, type Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { bool } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { type BinaryFunction, binary } from './binary.ts';
import { pairs } from './cases.ts';
import { sameMaskType } from './same-type.ts';

/** The record of `or`. */
export const orOp: Op<'a' | 'b'> = defineOp('or', {
  doc: 'The mask that holds where a or b does, element by element.',
  infer: sameMaskType,
  kernel: ({ a: { data: a }, b: { data: b } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = a[i]! | b[i]!;
  },
  vjp: { a: nondiff('a mask has no tangents'), b: nondiff('a mask has no tangents') },
  degree: {},
  commutative: true,
  cases: pairs(['bool']),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Or', attributes: {} }),
  example: (g) => or(g.input('a', bool(2, 3)), g.input('b', bool(2, 3))),
});

/** The mask that holds where a or b does, broadcasting like NumPy. */
export const or: BinaryFunction = binary(orOp);
