import { type Op, zero } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { floats, singles } from './cases.ts';
import { floatType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `floor`. */
export const floorOp: Op<'x'> = defineOp('floor', {
  doc: 'The greatest integer that is not above x, element by element.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = Math.floor(x[i]!);
  },
  vjp: { x: zero('constant between integers') },
  degree: { x: 0 },
  cases: singles(floats, { kind: 'between' }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Floor', attributes: {} }),
  example: (g) => floor(g.input('x', f64(2, 3))),
});

/** The greatest integer that is not above x. Its derivative is zero. */
export const floor: UnaryFunction = unary(floorOp);
