import type { GraphBuilder } from '../../graph/builder.ts';
import { type DType, dtypes } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Op } from '../../graph/op.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { showType, type Type } from '../../graph/type.ts';
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
    checkConstantType({ dtype, shape });
    if (!holds(dtype, value))
      fail(
        'constant/value',
        `${String(value)} cannot stand in ${showType({ dtype, shape })}`,
        'give a value of that dtype.',
      );
    return { dtype, shape };
  },
  kernel: (_, { value }, y) => {
    y.data.fill(value);
  },
  vjp: {},
  degree: {},
  uniform: ({ value }) => value,
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
): Tensor<S, D> => g.emit(fullOp, {}, { dtype: type.dtype, shape: [...type.shape], value }) as Tensor as Tensor<S, D>;

/** Whether a tensor of this dtype can hold the number: any float, a 32-bit integer, 0 or 1. */
export function holds(dtype: DType, value: unknown): boolean {
  if (typeof value !== 'number') return false;
  return dtype === 'bool' ? value === 0 || value === 1 : dtype === 'i32' ? (value | 0) === value : true;
}

/** Refuses what is no type: graphs from files can say anything. */
export function checkConstantType({ dtype, shape }: Type): void {
  if (!dtypes.includes(dtype) || !Array.isArray(shape) || !shape.every((d) => Number.isSafeInteger(d) && d >= 0))
    fail(
      'constant/type',
      `${dtype}[${String(shape)}] is not a type`,
      'give a known dtype and non-negative whole dimensions.',
    );
}
