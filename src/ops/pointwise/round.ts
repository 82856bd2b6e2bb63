import { type Op, zero } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { floats, singles } from './cases.ts';
import { floatType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

/** The record of `round`. */
export const roundOp: Op<'x'> = defineOp('round', {
  doc: 'The nearest integer, element by element; halves go to the even one.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = roundHalfEven(x[i]!);
  },
  vjp: { x: zero('constant between halves') },
  degree: { x: 0 },
  cases: singles(floats, { kind: 'between', offset: 0.5 }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Round', attributes: {} }),
  example: (g) => round(g.input('x', f64(2, 3))),
});

/** The nearest integer; halves go to the even one. Its derivative is zero. */
export const round: UnaryFunction = unary(roundOp);

/** Doubles from 2⁵² on are whole, so adding it rounds to whole numbers, as the machine rounds: halves to even. */
export function roundHalfEven(x: number): number {
  const size = Math.abs(x);
  if (!(size < 2 ** 52)) return x;
  const rounded = size + 2 ** 52 - 2 ** 52;
  return x < 0 || Object.is(x, -0) ? -rounded : rounded;
}
