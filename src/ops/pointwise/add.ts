import type { Op, Operand } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { type BinaryFunction, binary } from './binary.ts';
import { numbers, pairs } from './cases.ts';
import { sameNumberType } from './same-type.ts';

/** The record of `add`. */
export const addOp: Op<'a' | 'b'> = defineOp('add', {
  doc: 'a + b, element by element.',
  infer: sameNumberType,
  kernel: ({ a: { data: a }, b: { data: b } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = a[i]! + b[i]!;
  },
  vjp: { a: ({ ct }) => ct, b: ({ ct }) => ct },
  degree: { a: 1, b: 1 },
  commutative: true,
  simplify: ({ a, b }) => (isNothing(b) ? a : isNothing(a) ? b : undefined),
  cases: pairs(numbers),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Add', attributes: {} }),
  example: (g) => add(g.input('a', f64(2, 3)), g.input('b', f64(2, 3))),
});

/** What adding leaves no trace of: among floats −0, since −0 + 0 is 0. */
const isNothing = ({ dtype, uniform }: Operand): boolean => (dtype === 'i32' ? uniform === 0 : Object.is(uniform, -0));

/** a + b, broadcasting like NumPy. */
export const add: BinaryFunction = binary(addOp);
