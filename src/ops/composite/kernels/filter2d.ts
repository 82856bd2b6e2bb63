import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { constant } from '../../constant/constant.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import { composite } from '../composite.ts';
import { depthwiseConvNd } from '../convolution/depthwise-conv-nd.ts';
import type { PadMode } from '../pad.ts';
import type { PaddingOption } from '../padding.ts';
import type { Kernel } from './kernels.ts';

/** How a fixed kernel treats the border. */
export interface FilterOptions {
  /** Default `'same-upper'`: the result is as large as x. */
  readonly padding?: PaddingOption;
  /** What stands in the padding; default `'zero'`. */
  readonly paddingMode?: Exclude<PadMode, 'constant'>;
}

/**
 * Every channel of x[N,C,H,W] correlated with one fixed kernel, such as `kernels.sharpen`.
 *
 * @throws GraphError `filter/kernel` for rows of unequal length, `conv/rank` for another rank than 4.
 */
export const filter2d: <X extends Shape, D extends DType>(
  x: Tensor<X, D> & Float<D>,
  kernel: Kernel,
  options?: FilterOptions,
) => Tensor<
  [X] extends [readonly [infer N extends number, infer C extends number, ...Shape]] ? [N, C, number, number] : Shape,
  D
> = typed((x: Tensor, kernel: Kernel, { padding = 'same-upper', paddingMode = 'zero' }: FilterOptions = {}) =>
  composite('filter2d', { x }, () => {
    const [height, width] = [kernel.length, kernel[0]?.length ?? 0];
    if (height === 0 || width === 0 || kernel.some((row) => row.length !== width))
      fail('filter/kernel', 'the kernel is no rectangle of numbers', 'give rows of equal length, at least one.');
    const w = constant(x.graph, { dtype: x.dtype, shape: [1, 1, height, width] }, kernel.flat());
    const all = broadcastTo(w, [x.shape[1] ?? 1, 1, height, width]);
    return depthwiseConvNd('depthwiseConv2d', 2, x, all, { padding, paddingMode });
  }),
);
