import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import { f64 } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { type BinaryFunction, binary } from './binary.ts';
import { numbers } from './cases.ts';
import { div } from './div.ts';
import { mul } from './mul.ts';
import { neg } from './neg.ts';
import { round } from './round.ts';
import { sameNumberType } from './same-type.ts';
import { sub } from './sub.ts';

/** The record of `fmod`. */
export const fmodOp: Op<'a' | 'b'> = defineOp('fmod', {
  doc: 'What dividing a by b leaves, element by element, with the sign of a: a − b · trunc(a / b), exactly. NaN where b is 0 (0 among integers).',
  infer: sameNumberType,
  kernel: ({ a: { data: a }, b: { data: b } }, _, { data: y }) => {
    for (let i = 0; i < y.length; i++) y[i] = a[i]! % b[i]!;
  },
  vjp: {
    a: ({ ct }) => ct,
    // The quotient is whole but for rounding, and constant between jumps.
    b: ({ a, b, y, ct }) => neg(mul(ct, round(div(sub(a, y), b)))),
  },
  degree: { a: 1, b: 1 },
  branch: ({ a: { data: a }, b: { data: b } }) => Float64Array.from(a, (x, i) => Math.trunc(x / b[i]!)),
  cases: (fc) =>
    fc
      .record({ dtype: fc.constantFrom(...numbers), shape: caseShape(fc), negative: fc.boolean() })
      .map(({ dtype, shape, negative }) => ({
        types: { a: { dtype, shape }, b: { dtype, shape } },
        attributes: {},
        draw:
          dtype === 'i32'
            ? { a: { kind: 'integers', low: -9, high: 9 }, b: { kind: 'integers', low: 1, high: 4 } }
            : // Quotients between 2 and 3, or −3 and −2.
              {
                a: negative ? { kind: 'range', low: -11, high: -10 } : { kind: 'range', low: 10, high: 11 },
                b: { kind: 'range', low: 4, high: 4.75 },
              },
      })),
  reach: eachElement,
  flops: ({ y }) => sizeOf(y.shape),
  onnx: () => ({ op: 'Mod', attributes: { fmod: 1 } }),
  example: (g) => fmod(g.input('a', f64(2, 3)), g.input('b', f64(2, 3))),
});

/** What dividing a by b leaves, with the sign of a, broadcasting like NumPy. It jumps at multiples of b; the derivative by b is −trunc(a / b). */
export const fmod: BinaryFunction = binary(fmodOp);
