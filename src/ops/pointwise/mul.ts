import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { type BinaryFunction, binary } from './binary.ts';
import { numbers, pairs } from './cases.ts';
import { sameNumberType } from './same-type.ts';

/** The record of `mul`. */
export const mulOp: Op<'a' | 'b'> = defineOp('mul', {
  doc: 'a · b, element by element.',
  infer: sameNumberType,
  kernel: ({ a: { data: a }, b: { data: b } }, _, y) => {
    // i32 products wrap like the CPU's; as doubles they would lose their low bits first.
    if (y.dtype === 'i32') for (let i = 0; i < y.data.length; i++) y.data[i] = Math.imul(a[i]!, b[i]!);
    else for (let i = 0; i < y.data.length; i++) y.data[i] = a[i]! * b[i]!;
  },
  vjp: { a: ({ b, ct }) => mul(ct, b), b: ({ a, ct }) => mul(ct, a) },
  degree: { a: 1, b: 1 },
  commutative: true,
  simplify: ({ a, b }) => (b.uniform === 1 ? a : a.uniform === 1 ? b : undefined),
  cases: pairs(numbers),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Mul', attributes: {} }),
  example: (g) => mul(g.input('a', f64(2, 3)), g.input('b', f64(2, 3))),
});

/** a · b, broadcasting like NumPy. */
export const mul: BinaryFunction = binary(mulOp);
