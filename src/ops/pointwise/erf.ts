import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { floats, singles } from './cases.ts';
import { exp } from './exp.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { floatType } from './same-type.ts';
import { type UnaryFunction, unary } from './unary.ts';

const slopeAt0 = 2 / Math.sqrt(Math.PI);

/** The record of `erf`. */
export const erfOp: Op<'x'> = defineOp('erf', {
  doc: 'The error function 2/√π · ∫₀ˣ e^(−t²) dt, element by element.',
  infer: floatType,
  kernel: ({ x: { data: x } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = errorFunction(x[i]!);
  },
  vjp: { x: ({ x, ct }) => mul(ct, mul(exp(neg(mul(x, x))), slopeAt0)) },
  degree: { x: 'smooth' },
  cases: singles(floats, { kind: 'range', low: -2.5, high: 2.5 }),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Erf', attributes: {} }),
  example: (g) => erf(g.input('x', f64(2, 3))),
});

/** The error function. */
export const erf: UnaryFunction = unary(erfOp);

/**
 * erf of a number, to a few units in the last place: a series of positive terms near 0, the continued fraction of 1 − erf
 * elsewhere. Names nothing from outside but globals: worker threads are given its text.
 */
export function errorFunction(x: number): number {
  const slope = 2 / Math.sqrt(Math.PI);
  const square = x * x;
  if (square < 4) {
    let term = x;
    let sum = x;
    for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
      term *= (2 * square) / n;
      sum += term;
    }
    return slope * Math.exp(-square) * sum;
  }
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  let tail = size;
  for (let n = 60; n >= 1; n--) tail = size + n / 2 / tail;
  return Number.isNaN(x) ? x : Math.sign(x) * (1 - (Math.exp(-square) * slope) / 2 / tail);
}
