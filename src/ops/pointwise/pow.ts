import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { frontDoor } from '../front-door.ts';
import { zerosLike } from '../vector-space.ts';
import { align } from './align.ts';
import { and } from './and.ts';
import type { BinaryFunction } from './binary.ts';
import { floats } from './cases.ts';
import { equal, notEqual } from './compare.ts';
import { log } from './log.ts';
import { mul } from './mul.ts';
import { sameFloatType } from './same-type.ts';
import { select } from './select.ts';
import { sub } from './sub.ts';

/** The record of `pow`. */
export const powOp: Op<'x' | 'exponent'> = defineOp('pow', {
  doc: 'x to the power `exponent`, element by element; NaN for a fractional power of a negative number, 1 for the power 0. Where x is 0 the derivative by the exponent is taken as 0; where x is negative it is NaN.',
  infer: ({ x, exponent }) => sameFloatType({ a: x, b: exponent }),
  kernel: ({ x: { data: x }, exponent: { data: exponent } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = x[i]! ** exponent[i]!;
  },
  vjp: {
    x: ({ x, exponent, ct }) => {
      const known = uniformOf(exponent);
      if (known === 0) return zerosLike(x);
      if (known !== undefined) return mul(ct, mul(pow(x, known - 1), known));
      // 0 · 0^−1 would be NaN; x^0 is constant there too.
      const still = and(equal(x, 0), equal(exponent, 0));
      return mul(ct, mul(pow(select(still, 1, x), sub(exponent, 1)), exponent));
    },
    exponent: ({ x, y, ct }) => {
      const apart = notEqual(x, 0);
      return mul(ct, select(apart, mul(y, log(select(apart, x, 1))), 0));
    },
  },
  degree: { x: 'smooth', exponent: 'smooth' },
  cases: (fc) =>
    fc.tuple(fc.constantFrom(...floats), caseShape(fc)).map(([dtype, shape]) => ({
      types: { x: { dtype, shape }, exponent: { dtype, shape } },
      attributes: {},
      draw: { x: { kind: 'range', low: 0.5, high: 2 }, exponent: { kind: 'range', low: -2, high: 3 } },
    })),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Pow', attributes: {} }),
  example: (g) => pow(g.input('x', f64(2, 3)), g.input('exponent', f64(2, 3))),
});

/** x to a power, broadcasting like NumPy; either may be a number. */
export const pow: BinaryFunction = frontDoor('pow', ['x', 'exponent'], (base, power) => {
  if (typeof power === 'number' && !Number.isFinite(power))
    fail('pow/exponent', `${power} is no exponent`, 'give a finite number.');
  const { a: x, b: exponent } = align('pow', base, power);
  return powOp({ x, exponent }, {});
});

/** The number that every element is, where a literal says so: powers by numbers have simpler rules. */
const uniformOf = ({ node: { op, attributes } }: Tensor): number | undefined => op.uniform?.(attributes);
