import { sizeOf } from '../../graph/shape.ts';
import type { Op } from '../../graph/op.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { pairs } from './cases.ts';
import { sameNumberType } from './same-type.ts';
import { binary, type BinaryFunction } from './binary.ts';

/** The record of `add`. */
export const addOp: Op<'a' | 'b'> = defineOp('add', {
  doc: 'a + b, element by element.',
  infer: sameNumberType,
  kernel: ({ a, b }, _, y) => {
    for (let i = 0; i < y.data.length; i++) y.data[i] = a.data[i]! + b.data[i]!;
  },
  vjp: { a: ({ ct }) => ct, b: ({ ct }) => ct },
  degree: { a: 1, b: 1 },
  commutative: true,
  cases: pairs,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Add', attributes: {} }),
  example: (g) => addOp({ a: g.input('a', f64(2, 3)), b: g.input('b', f64(2, 3)) }, {}),
});

/** a + b, broadcasting like NumPy. */
export const add: BinaryFunction = binary(addOp);
