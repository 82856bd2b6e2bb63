import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { zerosLike } from '../vector-space.ts';
import { floats, singles } from './cases.ts';
import { mul } from './mul.ts';
import { floatType } from './same-type.ts';

export interface PowAttributes {
  readonly exponent: number;
}

/** The record of `pow`. */
export const powOp: Op<'x', PowAttributes> = defineOp('pow', {
  doc: 'x to a constant power, element by element; NaN for a fractional power of a negative number, 1 for the power 0.',
  infer: ({ x }, { exponent }) => {
    if (!Number.isFinite(exponent)) fail('pow/exponent', `${exponent} is no exponent`, 'give a finite number.');
    return floatType({ x });
  },
  kernel: ({ x: { data: x } }, { exponent }, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = x[i]! ** exponent;
  },
  vjp: {
    // x^0 is constant; 0 · x^−1 would be NaN at 0.
    x: ({ x, ct }, { exponent }) => (exponent === 0 ? zerosLike(x) : mul(ct, mul(pow(x, exponent - 1), exponent))),
  },
  degree: { x: 'smooth' },
  cases: (fc) =>
    fc.tuple(singles(floats)(fc), fc.constantFrom(2, 3, 0.5, -1, -1.5, 1, 0)).map(([{ types }, exponent]) => ({
      types,
      attributes: { exponent },
      draw: { x: { kind: 'range', low: 0.5, high: 2 } },
    })),
  flops: ({ y }) => sizeOf(y.shape),
  example: (g) => pow(g.input('x', f64(2, 3)), 3),
});

/** x to a constant power. */
export const pow = <S extends Shape, D extends DType>(x: Tensor<S, D>, exponent: number): Tensor<S, D> =>
  powOp({ x }, { exponent }) as Tensor<S, D>;
