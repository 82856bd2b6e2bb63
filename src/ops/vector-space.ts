import type { DType } from '../graph/dtype.ts';
import { type Shape, sizeOf } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { full } from './constant/full.ts';
import { addOp } from './pointwise/add.ts';
import { padOp } from './shape/pad-op.ts';
import { reshape } from './shape/reshape.ts';

/** The zero of t's type: the cotangent of what does not matter. */
export const zerosLike = <S extends Shape, D extends DType>(t: Tensor<S, D>): Tensor<S, D> => full<S, D>(t.graph, t, 0);

/** Ones of t's type: the cotangent of a sum's summands. */
export const onesLike = <S extends Shape, D extends DType>(t: Tensor<S, D>): Tensor<S, D> => full<S, D>(t.graph, t, 1);

/** a + b of one type: how cotangents from several uses meet. */
export const accumulate = <S extends Shape, D extends DType>(a: Tensor<S, D>, b: Tensor<S, D>): Tensor<S, D> =>
  addOp({ a, b }, {}) as Tensor<S, D>;

/** The unit vector of t's type that is one at flat position `position` and zero elsewhere. */
export function basisLike<S extends Shape, D extends DType>(t: Tensor<S, D>, position: number): Tensor<S, D> {
  const one = full(t.graph, { dtype: t.dtype, shape: [1] }, 1);
  const hi = sizeOf(t.shape) - 1 - position;
  return reshape(padOp({ x: one }, { lo: [position], hi: [hi], interior: [0], value: 0 }), t.shape) as Tensor as Tensor<
    S,
    D
  >;
}
