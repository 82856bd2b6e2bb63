import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { typed } from '../../typed.ts';
import { composite } from '../composite.ts';
import { mean as meanOf } from '../reduce/mean.ts';
import { variance as varianceOf } from '../reduce/variance.ts';

/** Statistics per channel, [C] each: what `batchNorm` takes in prediction. */
export interface Statistics<D extends DType = DType> {
  readonly mean: Tensor<Shape, D>;
  readonly variance: Tensor<Shape, D>;
}

/** How running statistics take in new ones. */
export interface RunningOptions {
  /** The share of the new: 0.1 unless given, as in PyTorch; ONNX's momentum is the share of the old. */
  readonly momentum?: number;
  /** As with `variance`: 1 (unbiased) unless given, as in PyTorch; ONNX keeps the biased one, 0. */
  readonly correction?: number;
  /** `'together'` (the default) for batch normalisation; `'apart'`, for instance normalisation, averages those of each image. */
  readonly images?: 'together' | 'apart';
}

/**
 * (1 − momentum) · old + momentum · new statistics of x [N, C, …]: the next values of the two states.
 *
 * @throws CotangentError `batch-norm/rank` where x has no channel axis, `variance/count` where a single element per channel
 * has no unbiased variance.
 */
export const runningStatistics: <D extends DType>(
  x: Tensor<Shape, D>,
  old: Statistics<D>,
  options?: RunningOptions,
) => Statistics<D> = typed(
  (x: Tensor, old: Statistics, { momentum = 0.1, correction = 1, images = 'together' }: RunningOptions = {}) =>
    composite('runningStatistics', { x, mean: old.mean, variance: old.variance }, () => {
      if (x.shape.length < 2)
        fail('batch-norm/rank', `${showType(x)} has no channel axis`, 'give x the form [N, C, …].');
      const apart = images === 'apart';
      const axes = x.shape.map((_, k) => k).filter((k) => k !== 1 && !(apart && k === 0));
      const joined = (now: Tensor): Tensor => (apart ? meanOf(now, { axes: 0 }) : now);
      const blend = (before: Tensor, now: Tensor): Tensor =>
        add(mul(before, 1 - momentum) as Tensor, mul(joined(now), momentum) as Tensor);
      return {
        mean: blend(old.mean, meanOf(x, { axes })),
        variance: blend(old.variance, varianceOf(x, { axes, correction })),
      };
    }),
);
