import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import { type Op, zero } from '../../graph/op.ts';
import { type Shape, sameShape, sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, i32, showType, type Type } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { typed } from '../typed.ts';
import type { ScatterShape } from '../types/scatter-shape.ts';
import { checkPosition } from './check-position.ts';
import { gatherOp } from './gather.ts';
import { gatherCases } from './gather-cases.ts';
import { sharedAxes } from './shared-axes.ts';

export interface ScatterAttributes {
  /** How many leading axes x, `at` and the result share. */
  readonly batch: number;
  /** The result's axes after the first `batch`; `at` holds flat positions in these. */
  readonly shape: Shape;
}

/** The record of `scatter`. */
export const scatterOp: Op<'x' | 'at', ScatterAttributes> = defineOp('scatter', {
  doc: 'y[b…, p] = Σ x[b…, q…] over all q with at[b…, q…] = p, flat in the axes `shape`; what stands at −1 is dropped.',
  infer: ({ x, at }, attributes) => scatterType(x, at, attributes),
  kernel: ({ x, at }, { shape }, y) => {
    const size = sizeOf(shape);
    const blocks = size === 0 ? 0 : y.data.length / size;
    const writes = blocks === 0 ? 0 : x.data.length / blocks;
    const sums = new Float64Array(y.data.length);
    for (let i = 0; i < x.data.length; i++) {
      const position = at.data[i]!;
      checkPosition(position, size, i);
      if (position >= 0) sums[Math.floor(i / writes) * size + position]! += x.data[i]!;
    }
    y.data.set(sums);
  },
  vjp: {
    x: ({ at, ct }, { batch }) => gatherOp({ x: ct, at }, { batch }),
    at: zero('positions are constant between jumps'),
  },
  degree: { x: 1 },
  irrelevant: { shape: 'the positions alone say what is read back' },
  cases: (fc) =>
    gatherCases(fc).map(({ lead, places, reads, draw }) => ({
      types: { x: f64(...lead, ...reads), at: i32(...lead, ...reads) },
      attributes: { batch: lead.length, shape: places },
      draw: { at: draw },
    })),
  reach: (_, { batch }) => ({ x: { kind: 'pointing', by: 'at', batch }, at: { kind: 'pointing', by: 'at', batch } }),
  flops: ({ x }) => sizeOf(x.shape),
  example: (g) => scatter({ x: g.input('x', f64(2, 4)), at: g.input('at', i32(2, 4)) }, { batch: 1, shape: [3, 3] }),
});

/** Sums values at flat positions into zeros; the transpose of `gather`. */
export const scatter: <S extends Shape, D extends DType, const B extends number, const T extends Shape>(
  operands: { readonly x: Tensor<S, D>; readonly at: Tensor },
  attributes: { readonly batch: B; readonly shape: T },
) => Tensor<ScatterShape<S, B, T>, D> = typed(
  ({ x, at }: { readonly x: Tensor; readonly at: Tensor }, { batch, shape }: ScatterAttributes) =>
    scatterOp({ x, at }, { batch, shape: [...shape] }),
);

function scatterType(x: Type, at: Type, { batch, shape }: ScatterAttributes): Type {
  const lead = sharedAxes(x, at, batch);
  if (!sameShape(x.shape, at.shape))
    fail('scatter/shape', `x ${showType(x)} and at ${showType(at)} differ`, 'give one position per value.');
  if (!shape.every((d) => Number.isSafeInteger(d) && d >= 0))
    fail('scatter/shape', `[${shape}] is not a shape`, 'give non-negative whole dimensions.');
  return { dtype: x.dtype, shape: [...lead, ...shape] };
}
