import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';

/** What pointwise functions take: a tensor, or a number that stands for a tensor full of it. */
export type Operand = Tensor | number;

// Asked in this form, the compiler knows the answer for Tensor<S, D> with S and D generic too.

/** The shape of an operand; a number's is a scalar's. */
export type ShapeOf<T extends Operand> = T extends number
  ? []
  : T extends { readonly shape: unknown }
    ? T['shape']
    : Shape;

/** The dtype of an operand; a number takes any. */
export type DTypeOf<T extends Operand> = T extends number
  ? DType
  : T extends { readonly dtype: unknown }
    ? T['dtype']
    : DType;
