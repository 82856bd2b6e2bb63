import { type Op, zero } from '../../graph/op.ts';
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
  degree: {},
  cases: singles(floats, { kind: 'between', offset: 0.5 }),
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Round', attributes: {} }),
  example: (g) => round(g.input('x', f64(2, 3))),
});

/** The nearest integer; halves go to the even one. Its derivative is zero. */
export const round: UnaryFunction = unary(roundOp);

/** Math.round breaks ties upwards, and 0.5 − 2⁻⁵⁴ wrongly if written as floor(x + 0.5). */
function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const above = x - below;
  if (above !== 0.5) return above < 0.5 ? below : Math.ceil(x);
  return below % 2 === 0 ? below : below + 1;
}
