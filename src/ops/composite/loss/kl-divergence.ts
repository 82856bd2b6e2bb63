import type { Tensor } from '../../../graph/tensor.ts';
import { notEqual } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { exp } from '../../pointwise/exp.ts';
import { log } from '../../pointwise/log.ts';
import { mul } from '../../pointwise/mul.ts';
import { select } from '../../pointwise/select.ts';
import { sub } from '../../pointwise/sub.ts';
import { sum } from '../../reduce/sum.ts';
import { broadcastShapes } from '../../shape/broadcast-shapes.ts';
import { typed } from '../../typed.ts';
import type { Broadcast, Broadcasted } from '../../types/broadcast.ts';
import type { SameDType } from '../../types/dtypes.ts';
import type { Fits } from '../../types/fits.ts';
import type { Reduced } from '../../types/loss-shape.ts';
import type { DTypeOf, ShapeOf } from '../../types/operand.ts';
import { composite } from '../composite.ts';
import { type Reduction, reduceLosses } from './reduction.ts';

/** How `klDivergence` reads its target and joins. */
export interface KlOptions<R extends Reduction | 'batchmean'> {
  /** Whether the target holds logarithms too. */
  readonly logTarget?: boolean;
  /** `'batchmean'`, the divergence itself, divides the sum by the first axis; `'mean'` (the default) by the number of elements. */
  readonly reduction?: R;
}

/**
 * Kullback and Leibler's divergence of a target distribution t from predicted logarithms x: t · (ln t − x), 0 where t is 0;
 * with `logTarget` e^t · (t − x).
 */
export const klDivergence: <A extends Tensor, B extends Tensor, R extends Reduction | 'batchmean' = 'mean'>(
  x: A,
  target: B & SameDType<DTypeOf<A>, DTypeOf<B>> & Fits<Broadcast<ShapeOf<A>, ShapeOf<B>>>,
  options?: KlOptions<R>,
) => Tensor<Reduced<Broadcasted<ShapeOf<A>, ShapeOf<B>>, R>, DTypeOf<A> & DTypeOf<B>> = typed(
  (x: Tensor, target: Tensor, { logTarget = false, reduction = 'mean' }: KlOptions<Reduction | 'batchmean'> = {}) =>
    composite('klDivergence', { x, target }, () => {
      broadcastShapes(x, target);
      const losses = logTarget ? ofLogarithms(x, target) : ofProbabilities(x, target);
      return reduction === 'batchmean' ? div(sum(losses), x.shape[0] ?? 1) : reduceLosses(losses, reduction);
    }),
);

const ofLogarithms = (x: Tensor, target: Tensor): Tensor => mul(exp(target), sub(target, x) as Tensor);

function ofProbabilities(x: Tensor, target: Tensor): Tensor {
  const some = notEqual(target, 0);
  const entropy = select(some, mul(target, log(select(some, target, 1))), 0) as Tensor;
  return sub(entropy, mul(target, x) as Tensor);
}
