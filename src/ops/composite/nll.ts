import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { mul } from '../pointwise/mul.ts';
import { neg } from '../pointwise/neg.ts';
import { gatherOp } from '../window/gather.ts';
import { classPositions } from './class-positions.ts';
import { classWeights } from './class-weights.ts';
import { type Reduction, reduceLosses } from './reduction.ts';

/** Which places count in a loss over classes, and how much. */
export interface NllOptions<D extends DType> {
  /** One weight per class; all 1 unless given. */
  readonly weights?: Tensor<Shape, D>;
  /** Places of this class count for nothing; every place counts unless given. */
  readonly ignoreIndex?: number;
  /** 'mean' divides by the summed weights of the places that count. */
  readonly reduction?: Reduction;
}

/**
 * The negative log-likelihood −w[t] · x[t] at each place, t the target class there: x [N, C, …] holds logarithms of
 * probabilities, the i32 target [N, …] classes. A class outside 0 … C − 1 is refused at run time.
 */
export function nll<D extends DType>(
  x: Tensor<Shape, D>,
  target: Tensor,
  { weights, ignoreIndex, reduction = 'mean' }: NllOptions<D> = {},
): Tensor<Shape, D> {
  return x.graph.scope('nll', () => {
    const chosen = gatherOp({ x, at: classPositions(x, target, ignoreIndex) }, { batch: 1 }) as Tensor<Shape, D>;
    const weight = classWeights(x, target, weights, ignoreIndex);
    return reduceLosses(neg(weight === undefined ? chosen : mul(chosen, weight)), reduction, weight);
  });
}
