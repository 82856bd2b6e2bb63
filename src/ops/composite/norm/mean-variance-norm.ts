import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import { sub } from '../../pointwise/sub.ts';
import { normalizeAxes } from '../../reduce/axes.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import { composite } from '../composite.ts';
import { mean } from '../reduce/mean.ts';
import { std } from '../reduce/std.ts';

/** How `meanVarianceNorm` normalises. */
export interface MeanVarianceNormOptions {
  /** All axes but 1, the channels, unless given. */
  readonly axes?: readonly number[];
  /** Added to the deviation, not to the variance; 1e-9 unless given. */
  readonly epsilon?: number;
}

/** (x − mean) / (deviation + epsilon), ONNX's MeanVarianceNormalization. Where all of x is equal the gradient is 0. */
export const meanVarianceNorm: <S extends Shape, D extends DType>(
  x: Tensor<S, D> & Float<D>,
  options?: MeanVarianceNormOptions,
) => Tensor<S, D> = typed((x: Tensor, { axes, epsilon = 1e-9 }: MeanVarianceNormOptions = {}) =>
  composite('meanVarianceNorm', { x }, () => {
    const over = { axes: axes ?? normalizeAxes(x).filter((axis) => axis !== 1), keepDims: true };
    return div(sub(x, mean(x, over)) as Tensor, add(std(x, over) as Tensor, epsilon));
  }),
);
