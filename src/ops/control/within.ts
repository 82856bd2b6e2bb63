import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { eachElement } from '../../graph/reach.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { numberType } from '../pointwise/same-type.ts';

export interface WithinAttributes {
  /** The least and the greatest value that an element may have, both included. */
  readonly low: number;
  readonly high: number;
  /** What an element is, and how to mend one outside: for the error. */
  readonly what: string;
  readonly fix: string;
}

/** The record of `within`. */
export const withinOp: Op<'x', WithinAttributes> = defineOp('within', {
  doc: 'x itself, which refuses at run time elements below `low` or above `high`, and what is not a number.',
  infer: ({ x }) => numberType({ x }),
  kernel: ({ x: { data: x } }, { low, high, what, fix }, { data: y }) => {
    for (let i = 0; i < y.length; i++) {
      if (!(x[i]! >= low && x[i]! <= high))
        fail('value/range', `${what} is ${x[i]} (element ${i}, flat), not from ${low} to ${high}`, fix);
      y[i] = x[i]!;
    }
  },
  vjp: { x: ({ ct }) => ct },
  degree: { x: 1 },
  irrelevant: {
    low: 'only refuses',
    high: 'only refuses',
    what: 'speaks of the refusal',
    fix: 'speaks of the refusal',
  },
  cases: (fc) =>
    fc
      .record({ dtype: fc.constantFrom('f64' as const, 'f32' as const, 'i32' as const), shape: caseShape(fc) })
      .map((x) => ({
        types: { x },
        // Stencils must find room inside.
        attributes: { low: -64, high: 64, what: 'an element', fix: 'draw a smaller one.' },
      })),
  reach: eachElement,
  passes: 'x',
  flops: ({ y }) => 2 * sizeOf(y.shape),
  onnx: () => ({ op: 'Identity', attributes: {} }),
  example: (g) => within(g.input('x', f64(3)), { low: 0, high: 1, what: 'a share', fix: 'give shares of a whole.' }),
});

/** x itself; running it is refused with `value/range` where an element is outside [low, high]. */
export const within = <S extends Shape, D extends DType>(x: Tensor<S, D>, attributes: WithinAttributes): Tensor<S, D> =>
  withinOp({ x }, attributes) as Tensor<S, D>;
