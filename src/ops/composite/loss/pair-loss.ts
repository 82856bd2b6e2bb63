import type { Tensor } from '../../../graph/tensor.ts';
import { mul } from '../../pointwise/mul.ts';
import { broadcastShapes } from '../../shape/broadcast-shapes.ts';
import { typed } from '../../typed.ts';
import type { Broadcast, Broadcasted } from '../../types/broadcast.ts';
import type { SameDType } from '../../types/dtypes.ts';
import type { Fits } from '../../types/fits.ts';
import type { Reduced } from '../../types/loss-shape.ts';
import type { DTypeOf, ShapeOf } from '../../types/operand.ts';
import { composite } from '../composite.ts';
import { type Reduction, reduceLosses } from './reduction.ts';

/** What all losses element by element share. */
export interface PairLossOptions<R extends Reduction = Reduction> {
  /** A factor per element, which broadcasts; 1 unless given. The mean divides by the number of elements all the same. */
  readonly weights?: Tensor;
  /** The mean unless told otherwise. */
  readonly reduction?: R;
}

/** A loss of predictions and targets of one dtype, element by element; they broadcast like NumPy. */
export type PairLossFunction<Options extends object = object> = <
  A extends Tensor,
  B extends Tensor,
  R extends Reduction = 'mean',
>(
  prediction: A,
  target: B & SameDType<DTypeOf<A>, DTypeOf<B>> & Fits<Broadcast<ShapeOf<A>, ShapeOf<B>>>,
  options?: Options & PairLossOptions<R>,
) => Tensor<Reduced<Broadcasted<ShapeOf<A>, ShapeOf<B>>, R>, DTypeOf<A> & DTypeOf<B>>;

/** Makes the loss of a formula for single elements. */
export const pairLoss = <Options extends object = object>(
  name: string,
  losses: (prediction: Tensor, target: Tensor, options: Partial<Options>) => Tensor,
): PairLossFunction<Options> =>
  typed(
    (
      prediction: Tensor,
      target: Tensor,
      options: PairLossOptions & Partial<Options> = {} as PairLossOptions & Partial<Options>,
    ) =>
      composite(name, { prediction, target }, () => {
        // Refuses what does not fit in the order of the arguments, whatever the formula begins with.
        broadcastShapes(prediction, target);
        const { weights, reduction = 'mean' } = options;
        const all = losses(prediction, target, options);
        return reduceLosses(weights === undefined ? all : (mul(all, weights) as Tensor), reduction);
      }),
  );
