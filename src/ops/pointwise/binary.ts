import type { DType } from '../../graph/dtype.ts';
import type { Op } from '../../graph/op.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { typed } from '../typed.ts';
import type { Broadcast, Broadcasted } from '../types/broadcast.ts';
import type { SameDType } from '../types/dtypes.ts';
import type { Fits } from '../types/fits.ts';
import { align } from './align.ts';

/** A function of two tensors of one dtype, broadcasting like NumPy; a number stands for a tensor full of it. */
export type BinaryFunction = <
  D extends DType,
  E extends DType,
  A extends Shape = readonly [],
  B extends Shape = readonly [],
>(
  a: Tensor<A, D> | number,
  b: (Tensor<B, E> & SameDType<D, E> & Fits<Broadcast<A, B>>) | number,
) => Tensor<Broadcasted<A, B>, D & E>;

/** The user-facing function of a pointwise operator on two tensors. */
export const binary = (op: Op<'a' | 'b'>): BinaryFunction => typed((a, b) => op(align(op.name, a, b), {}));
