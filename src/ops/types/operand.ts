import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';

/** What pointwise functions take: a tensor, or a number that stands for a tensor full of it. */
export type Operand = Tensor | number;

/** The shape of an operand; a number's is a scalar's. */
export type ShapeOf<T extends Operand> = T extends Tensor<infer S> ? S : [];

/** The dtype of an operand; a number takes any. */
export type DTypeOf<T extends Operand> = T extends Tensor<Shape, infer D> ? D : DType;
