import type { GraphBuilder } from '../../graph/builder.ts';
import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { defineOp } from '../define.ts';

export interface FullAttributes {
  readonly dtype: DType;
  readonly shape: Shape;
  readonly value: number;
}

/** The record of `full`; graphs are built with the function below. */
export const fullOp: Op<never, FullAttributes> = defineOp('full', {
  doc: 'A tensor with every element equal to `value`.',
  infer: (_, { dtype, shape, value }) => {
    if (typeof value !== 'number') fail('full/value', `${String(value)} is not a number`, 'give a number.');
    return { dtype, shape };
  },
  kernel: (_, { value }, y) => {
    y.data.fill(value);
  },
  vjp: {},
  degree: {},
  cases: (fc) =>
    fc.record({
      types: fc.constant({}),
      attributes: fc.record({
        dtype: fc.constantFrom('f64', 'f32', 'i32'),
        shape: fc.array(fc.nat(3), { maxLength: 3 }),
        value: fc.integer({ min: -9, max: 9 }),
      }),
    }),
  flops: () => 0,
  onnx: ({ shape, value }) => ({ op: 'ConstantOfShape', attributes: { shape, value } }),
  example: (g) => full(g, { dtype: 'f64', shape: [2, 3] }, 0.5),
});

/** A tensor of the given type with every element equal to `value`. */
export const full = <const S extends Shape, D extends DType>(
  g: GraphBuilder,
  type: Type<S, D>,
  value: number,
): Tensor<S, D> => g.emit(fullOp, {}, { dtype: type.dtype, shape: [...type.shape], value }) as unknown as Tensor<S, D>;
