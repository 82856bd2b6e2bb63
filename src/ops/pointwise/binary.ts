import type { Op } from '../../graph/op.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { frontDoor } from '../front-door.ts';
import type { Broadcast, Broadcasted } from '../types/broadcast.ts';
import type { SameDType } from '../types/dtypes.ts';
import type { Fits } from '../types/fits.ts';
import type { DTypeOf, Operand, ShapeOf } from '../types/operand.ts';
import { align } from './align.ts';

/** A function of two tensors of one dtype, broadcasting like NumPy; a number stands for a tensor full of it. */
export type BinaryFunction = <A extends Operand, B extends Operand>(
  a: A,
  b: B & SameDType<DTypeOf<A>, DTypeOf<B>> & Fits<Broadcast<ShapeOf<A>, ShapeOf<B>>>,
) => Tensor<Broadcasted<ShapeOf<A>, ShapeOf<B>>, DTypeOf<A> & DTypeOf<B>>;

/** The user-facing function of a pointwise operator on two tensors. */
export const binary = (op: Op<'a' | 'b'>): BinaryFunction =>
  frontDoor(op.name, ['a', 'b'], (a, b) => op(align(op.name, a, b), {}));
