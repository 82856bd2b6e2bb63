import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { type BinaryFunction, binary } from './binary.ts';
import { numbers, pairs } from './cases.ts';
import { greaterEqual } from './compare.ts';
import { sameNumberType } from './same-type.ts';
import { select } from './select.ts';

/** The record of `maximum`. */
export const maximumOp: Op<'a' | 'b'> = defineOp('maximum', {
  doc: 'The greater of a and b, element by element; NaN if one of them is. Where they tie, a takes the whole gradient.',
  infer: sameNumberType,
  kernel: ({ a: { data: a }, b: { data: b } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.max(a[i]!, b[i]!);
  },
  vjp: {
    a: ({ a, b, ct }) => select(greaterEqual(a, b), ct, 0),
    b: ({ a, b, ct }) => select(greaterEqual(a, b), 0, ct),
  },
  degree: { a: 1, b: 1 },
  branch: ({ a: { data: a }, b: { data: b } }) => Int32Array.from(a, (x, i) => Math.sign(x - b[i]!)),
  kinks: [
    { types: { a: f64(1), b: f64(1) }, at: { a: [1], b: [1] }, attributes: {}, input: 'a', takes: ['right'] },
    { types: { a: f64(1), b: f64(1) }, at: { a: [1], b: [1] }, attributes: {}, input: 'b', takes: ['left'] },
  ],
  // Half an integer apart at least, so that no stencil changes which one wins.
  cases: pairs(numbers, { a: { kind: 'distinct' }, b: { kind: 'distinct', offset: 0.5 } }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Max', attributes: {} }),
  example: (g) => maximum(g.input('a', f64(2, 3)), g.input('b', f64(2, 3))),
});

/** The greater of a and b, broadcasting like NumPy. Where they tie, a takes the whole gradient. */
export const maximum: BinaryFunction = binary(maximumOp);
