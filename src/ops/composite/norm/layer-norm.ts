import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { normalizeAxis } from '../../reduce/axes.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import { composite } from '../composite.ts';
import { scaleAndShift, standardise } from './standardise.ts';

/** How `layerNorm` normalises. */
export interface LayerNormOptions<D extends DType = DType> {
  /** The first axis to normalise over, with all after it: the last one unless given. */
  readonly axis?: number;
  /** Scale and shift; they broadcast to x, so that their shape may be that of the axes normalised over. */
  readonly gamma?: Tensor<Shape, D>;
  readonly beta?: Tensor<Shape, D>;
  /** Added to the variance; 1e-5 unless given. */
  readonly epsilon?: number;
}

/**
 * x shifted to mean 0 and scaled to variance 1 over its last axes, then `gamma · x + beta`.
 *
 * @throws GraphError `axes/range` for an axis that x has not, `broadcast/target` for gamma or beta that do not fit.
 */
export const layerNorm: <S extends Shape, D extends DType>(
  x: Tensor<S, D> & Float<D>,
  options?: LayerNormOptions<D>,
) => Tensor<S, D> = typed((x: Tensor, { axis = -1, gamma, beta, epsilon = 1e-5 }: LayerNormOptions = {}) =>
  composite('layerNorm', { x, gamma, beta }, () => {
    const normal = standardise(x, axesFrom(x, axis), epsilon);
    const fitted = (p: Tensor | undefined): Tensor | undefined => p && broadcastTo(p, x.shape);
    return scaleAndShift(normal, fitted(gamma), fitted(beta));
  }),
);

/** An axis and all after it. */
export function axesFrom(x: Tensor, axis: number): number[] {
  const first = normalizeAxis(x, axis);
  return [...x.shape.keys()].slice(first);
}
