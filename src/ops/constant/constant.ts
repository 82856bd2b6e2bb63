import type { GraphBuilder } from '../../graph/builder.ts';
import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import { type Shape, sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64, showType, type Type } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { checkConstantType, holds } from './full.ts';

export interface ConstantAttributes {
  readonly dtype: DType;
  readonly shape: Shape;
  /** Row-major. */
  readonly data: readonly number[];
}

/** The record of `constant`. */
export const constantOp: Op<never, ConstantAttributes> = defineOp('constant', {
  doc: 'A small table of numbers, row-major, that stands in the graph itself.',
  infer: (_, { dtype, shape, data }) => {
    checkConstantType({ dtype, shape });
    if (data.length !== sizeOf(shape))
      fail(
        'constant/length',
        `${showType({ dtype, shape })} holds ${sizeOf(shape)} elements, ${data.length} given`,
        'give as many values as the product of the dimensions, in row-major order.',
      );
    const misfit = data.find((value) => !holds(dtype, value));
    if (misfit !== undefined)
      fail(
        'constant/value',
        `${String(misfit)} cannot stand in ${showType({ dtype, shape })}`,
        'give values of that dtype.',
      );
    return { dtype, shape };
  },
  kernel: (_, { data }, y) => {
    y.data.set(data);
  },
  vjp: {},
  degree: {},
  cases: (fc) =>
    fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }).map((data) => ({
      types: {},
      attributes: { dtype: data.length % 2 === 0 ? 'f64' : 'i32', shape: [data.length], data },
    })),
  flops: () => 0,
  onnx: ({ dtype, shape, data }) => ({ op: 'Constant', attributes: { value: { dtype, shape, data } } }),
  example: (g) => constant(g, f64(2, 2), [1, -2, 0.5, 4]),
});

/**
 * A tensor of the given values, row-major. They are stored in the graph as numbers: feed large arrays as inputs instead.
 *
 * @throws GraphError `constant/length` when the number of values is not the type's number of elements.
 */
export const constant = <const S extends Shape, D extends DType>(
  g: GraphBuilder,
  type: Type<S, D>,
  values: ArrayLike<number>,
): Tensor<S, D> =>
  g.emit(constantOp, {}, { dtype: type.dtype, shape: [...type.shape], data: Array.from(values) }) as Tensor as Tensor<
    S,
    D
  >;
