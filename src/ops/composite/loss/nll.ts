import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { frontDoor } from '../../front-door.ts';
import { mul } from '../../pointwise/mul.ts';
import { neg } from '../../pointwise/neg.ts';
import type { Fits } from '../../types/fits.ts';
import type { LossShape } from '../../types/loss-shape.ts';
import type { TargetShape } from '../../types/target-shape.ts';
import { gatherOp } from '../../window/gather.ts';
import { classPositions } from './class-positions.ts';
import { classWeights } from './class-weights.ts';
import { type Reduction, reduceLosses } from './reduction.ts';

/** Which places count in a loss over classes, and how much. */
export interface NllOptions<D extends DType, R extends Reduction = Reduction> {
  /** One weight per class; all 1 unless given. */
  readonly weights?: Tensor<Shape, D>;
  /** Places of this class count for nothing; every place counts unless given. */
  readonly ignoreIndex?: number;
  /** 'mean' divides by the summed weights of the places that count. */
  readonly reduction?: R;
}

/**
 * The negative log-likelihood −w[t] · x[t] at each place, t the target class there: x [N, C, …] holds logarithms of
 * probabilities, the i32 target [N, …] classes. A class outside 0 … C − 1 is refused at run time.
 */
export const nll: <S extends Shape, D extends DType, T extends Shape, R extends Reduction = 'mean'>(
  x: Tensor<S, D>,
  target: Tensor<T> & Fits<TargetShape<S, T>>,
  options?: NllOptions<D, R>,
) => Tensor<LossShape<S, R>, D> = frontDoor(
  'nll',
  ['x', 'target'],
  (x: Tensor, target: Tensor, { weights, ignoreIndex, reduction = 'mean' }: NllOptions<DType> = {}) => {
    return x.graph.scope('nll', () => {
      const chosen = gatherOp({ x, at: classPositions(x, target, ignoreIndex) }, { batch: 1 });
      const weight = classWeights(x, target, weights, ignoreIndex);
      return reduceLosses(neg(weight === undefined ? chosen : mul(chosen, weight)), reduction, weight);
    });
  },
);
