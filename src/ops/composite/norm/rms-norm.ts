import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import { sqrt } from '../../pointwise/sqrt.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import { composite } from '../composite.ts';
import { mean } from '../reduce/mean.ts';
import { square } from '../square.ts';
import { axesFrom, type LayerNormOptions } from './layer-norm.ts';
import { scaleAndShift } from './standardise.ts';

/**
 * x / √(mean of x² + epsilon) over its last axes, times `gamma`.
 *
 * @throws GraphError `axes/range` for an axis that x has not, `broadcast/target` for a gamma that does not fit.
 */
export const rmsNorm: <S extends Shape, D extends DType>(
  x: Tensor<S, D> & Float<D>,
  options?: Omit<LayerNormOptions<D>, 'beta'>,
) => Tensor<S, D> = typed((x: Tensor, { axis = -1, gamma, epsilon = 1e-5 }: Omit<LayerNormOptions, 'beta'> = {}) =>
  composite('rmsNorm', { x, gamma }, () => {
    const power = mean(square(x), { axes: axesFrom(x, axis), keepDims: true }) as Tensor;
    const normal = div(x, sqrt(add(power, epsilon))) as Tensor;
    return scaleAndShift(normal, gamma && broadcastTo(gamma, x.shape), undefined);
  }),
);
