import type { DType } from '../graph/dtype.ts';
import type { Shape } from '../graph/shape.ts';
import type { Tensor } from '../graph/tensor.ts';
import { full } from './constant/full.ts';
import { addOp } from './pointwise/add.ts';

/** The zero of t's type: the cotangent of what does not matter. */
export const zerosLike = <S extends Shape, D extends DType>(t: Tensor<S, D>): Tensor<S, D> => full<S, D>(t.graph, t, 0);

/** Ones of t's type: the cotangent of a sum's summands. */
export const onesLike = <S extends Shape, D extends DType>(t: Tensor<S, D>): Tensor<S, D> => full<S, D>(t.graph, t, 1);

/** a + b of one type: how cotangents from several uses meet. */
export const accumulate = <S extends Shape, D extends DType>(a: Tensor<S, D>, b: Tensor<S, D>): Tensor<S, D> =>
  addOp({ a, b }, {}) as Tensor<S, D>;
