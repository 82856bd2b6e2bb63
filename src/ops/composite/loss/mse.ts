import type { Tensor } from '../../../graph/tensor.ts';
import { sub } from '../../pointwise/sub.ts';
import { frontDoor } from '../../front-door.ts';
import type { Broadcast, Broadcasted } from '../../types/broadcast.ts';
import type { SameDType } from '../../types/dtypes.ts';
import type { Fits } from '../../types/fits.ts';
import type { Reduced } from '../../types/loss-shape.ts';
import type { DTypeOf, ShapeOf } from '../../types/operand.ts';
import { type Reduction, reduceLosses } from './reduction.ts';
import { square } from '../square.ts';

/** Squared differences, their mean unless told otherwise. */
export const mse: <A extends Tensor, B extends Tensor, R extends Reduction = 'mean'>(
  prediction: A,
  target: B & SameDType<DTypeOf<A>, DTypeOf<B>> & Fits<Broadcast<ShapeOf<A>, ShapeOf<B>>>,
  options?: { readonly reduction?: R },
) => Tensor<Reduced<Broadcasted<ShapeOf<A>, ShapeOf<B>>, R>, DTypeOf<A> & DTypeOf<B>> = frontDoor('mse', ['prediction', 'target'], 
  (prediction: Tensor, target: Tensor, { reduction = 'mean' }: { readonly reduction?: Reduction } = {}) =>
    prediction.graph.scope('mse', () => reduceLosses(square(sub(prediction, target)), reduction)),
);
