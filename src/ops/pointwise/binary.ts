import type { DType } from '../../graph/dtype.ts';
import type { Op } from '../../graph/op.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { align, type Operand } from './align.ts';

/** A function of two tensors of one dtype, broadcasting like NumPy; a number stands for a tensor full of it. */
export interface BinaryFunction {
  <S extends Shape, D extends DType>(a: Tensor<S, D>, b: Tensor<S, D> | number): Tensor<S, D>;
  <D extends DType>(a: Tensor<Shape, D> | number, b: Tensor<Shape, D> | number): Tensor<Shape, D>;
}

/** The user-facing function of a pointwise operator on two tensors. */
export function binary(op: Op<'a' | 'b'>): BinaryFunction {
  return ((a: Operand, b: Operand) => op(align(op.name, a, b), {})) as BinaryFunction;
}
