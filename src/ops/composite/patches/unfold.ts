import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { reshape } from '../../shape/reshape.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { UnfoldShape } from '../../types/unfold-shape.ts';
import { composite } from '../composite.ts';
import type { PaddingOption } from '../padding.ts';
import type { PerAxis } from '../per-axis.ts';
import { type PoolOptions, poolAxes } from '../pool-axes.ts';
import { patches } from './patches.ts';
import { tapsOf } from './tap-table.ts';

/** Options of `unfold`. Literal ones count in the type of the result. */
export interface UnfoldOptions<
  Kernel extends PerAxis = PerAxis,
  Stride extends PerAxis = PerAxis,
  Padding extends PaddingOption = PaddingOption,
  Dilation extends PerAxis = PerAxis,
> extends Omit<PoolOptions<Kernel, Stride, Padding, Dilation>, 'ceil' | 'stride'> {
  /** Default 1. */
  readonly stride?: Stride;
}

/**
 * Windows of x[N,C,…] as columns (im2col): [N, C·taps, windows], over any number of spatial axes; taps and windows
 * row-major, the taps of one channel together, 0 where a tap reads padding. `fold` is its adjoint.
 *
 * @throws GraphError `pool/window`, `option/axes`, … when the sizes do not fit.
 */
export const unfold: <
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = 1,
  const Padding extends PaddingOption = 0,
  const Dilation extends PerAxis = 1,
>(
  x: Tensor<X, D> & Float<D> & Fits<UnfoldShape<X, Kernel, Stride, Padding, Dilation>>,
  options: UnfoldOptions<Kernel, Stride, Padding, Dilation>,
) => Tensor<Sized<UnfoldShape<X, Kernel, Stride, Padding, Dilation>>, D> = typed((x: Tensor, options: UnfoldOptions) =>
  composite('unfold', { x }, () => {
    const axes = poolAxes(x, x.shape.length - 2, { stride: 1, ...options });
    const read = patches(x, axes.map(tapsOf));
    const [batch, channels, taps, ...windows] = read.shape as readonly [number, number, number, ...number[]];
    return reshape(read, [batch, channels * taps, sizeOf(windows)]);
  }),
);
