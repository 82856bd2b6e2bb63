import type { GraphBuilder } from '../../graph/builder.ts';
import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { type Shape, stridesOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { i32, showType, type Type } from '../../graph/type.ts';
import { caseShape } from '../case-shape.ts';
import { defineOp } from '../define.ts';
import { checkAxes, normalizeAxis } from '../reduce/axes.ts';
import { checkConstantType } from './full.ts';

export interface IotaAttributes {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly axis: number;
}

/** The record of `iota`. */
export const iotaOp: Op<never, IotaAttributes> = defineOp('iota', {
  doc: 'Each element is its index along `axis`: 0, 1, 2, ….',
  infer: (_, { dtype, shape, axis }) => {
    checkConstantType({ dtype, shape });
    if (dtype === 'bool') fail('iota/dtype', `${showType({ dtype, shape })} cannot count`, 'count in i32, f32 or f64.');
    checkAxes({ dtype, shape }, [axis]);
    return { dtype, shape };
  },
  kernel: (_, { shape, axis }, { data: y }) => {
    const [stride, size] = [stridesOf(shape)[axis]!, shape[axis]!];
    for (let i = 0; i < y.length; i++) y[i] = Math.floor(i / stride) % size;
  },
  vjp: {},
  degree: {},
  cases: (fc) =>
    caseShape(fc, { min: 1 }).chain((shape) =>
      fc.record({
        types: fc.constant({}),
        attributes: fc.record({
          dtype: fc.constantFrom('i32', 'f64', 'f32'),
          shape: fc.constant(shape),
          axis: fc.nat(shape.length - 1),
        }),
      }),
    ),
  flops: () => 0,
  example: (g) => iota(g, i32(2, 3), 1),
});

/** A tensor whose elements are their index along `axis`: 0, 1, 2, …. */
export const iota = <const S extends Shape, D extends DType>(
  g: GraphBuilder,
  type: Type<S, D>,
  axis: number,
): Tensor<S, D> =>
  g.emit(
    iotaOp,
    {},
    { dtype: type.dtype, shape: [...type.shape], axis: normalizeAxis(type, axis) },
  ) as Tensor as Tensor<S, D>;
