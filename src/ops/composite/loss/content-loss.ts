import type { Tensor } from '../../../graph/tensor.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { sum } from '../../reduce/sum.ts';
import { broadcastShapes } from '../../shape/broadcast-shapes.ts';
import { typed } from '../../typed.ts';
import type { Broadcast } from '../../types/broadcast.ts';
import type { SameDType } from '../../types/dtypes.ts';
import type { Fits } from '../../types/fits.ts';
import type { DTypeOf, ShapeOf } from '../../types/operand.ts';
import { composite } from '../composite.ts';
import { square } from '../square.ts';

/**
 * ½ Σ (x − target)² over the features x of one layer and those of the image whose content is wanted (operators.md 79), with
 * Gatys' half; of features before their activation, so that what is below zero counts too.
 */
export const contentLoss: <A extends Tensor, B extends Tensor>(
  x: A,
  target: B & SameDType<DTypeOf<A>, DTypeOf<B>> & Fits<Broadcast<ShapeOf<A>, ShapeOf<B>>>,
) => Tensor<[], DTypeOf<A> & DTypeOf<B>> = typed((x: Tensor, target: Tensor) =>
  composite('contentLoss', { x, target }, () => {
    broadcastShapes(x, target);
    return mul(sum(square(sub(x, target) as Tensor)), 0.5);
  }),
);
