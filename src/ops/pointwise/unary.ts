import type { DType } from '../../graph/dtype.ts';
import type { Op } from '../../graph/op.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';

/** A function of one tensor that keeps its type. */
export type UnaryFunction = <S extends Shape, D extends DType>(x: Tensor<S, D>) => Tensor<S, D>;

/** The user-facing function of a pointwise operator on one tensor. */
export function unary(op: Op<'x'>): UnaryFunction {
  return ((x: Tensor) => op({ x }, {})) as UnaryFunction;
}
