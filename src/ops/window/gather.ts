import type { DType } from '../../graph/dtype.ts';
import { type Op, zero } from '../../graph/op.ts';
import { along } from '../../graph/reach.ts';
import type { Shape } from '../../graph/shape.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, i32 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { typed } from '../typed.ts';
import { checkPosition } from './check-position.ts';
import { gatherCases } from './gather-cases.ts';
import { scatterOp } from './scatter.ts';
import { sharedAxes } from './shared-axes.ts';

export interface GatherAttributes {
  /** How many leading axes x and `at` share. */
  readonly batch: number;
}

/** The record of `gather`. */
export const gatherOp: Op<'x' | 'at', GatherAttributes> = defineOp('gather', {
  doc: 'y[b…, q…] = x[b…, at[b…, q…]]: `at` (i32) holds flat positions in the axes of x after the first `batch`; −1 reads 0.',
  infer: ({ x, at }, { batch }) => ({ dtype: x.dtype, shape: [...sharedAxes(x, at, batch), ...at.shape.slice(batch)] }),
  kernel: ({ x, at }, { batch }, y) => {
    const size = sizeOf(x.shape.slice(batch));
    const reads = sizeOf(at.shape.slice(batch));
    for (let i = 0; i < y.data.length; i++) {
      const position = at.data[i]!;
      checkPosition(position, size, i);
      if (position >= 0) y.data[i] = x.data[Math.floor(i / reads) * size + position]!;
    }
  },
  vjp: {
    x: ({ x, at, ct }, { batch }) => scatterOp({ x: ct, at }, { batch, shape: x.shape.slice(batch) }),
    at: zero('positions are constant between jumps'),
  },
  degree: { x: 1 },
  cases: (fc) =>
    gatherCases(fc).map(({ lead, places, reads, draw }) => ({
      types: { x: f64(...lead, ...places), at: i32(...lead, ...reads) },
      attributes: { batch: lead.length },
      draw: { at: draw },
    })),
  reach: ({ at }, { batch }) => ({
    x: { kind: 'pointed', by: 'at', batch },
    at: { kind: 'axes', axes: at.shape.map((_, axis) => along(axis)) },
  }),
  flops: () => 0,
  example: (g) => gather({ x: g.input('x', f64(2, 3, 3)), at: g.input('at', i32(2, 4)) }, { batch: 1 }),
});

/** Values of x at flat positions; the transpose of `scatter`. */
export const gather: <S extends Shape, D extends DType>(
  operands: { readonly x: Tensor<Shape, D>; readonly at: Tensor<S> },
  attributes: GatherAttributes,
) => Tensor<S, D> = typed(({ x, at }: { readonly x: Tensor; readonly at: Tensor }, { batch }: GatherAttributes) =>
  gatherOp({ x, at }, { batch }),
);
