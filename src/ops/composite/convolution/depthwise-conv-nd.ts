import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import type { BiasShape, SpatialRank } from '../../types/conv-shape.ts';
import type { DepthwiseShape } from '../../types/depthwise-shape.ts';
import type { Float, SameDType } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import { composite } from '../composite.ts';
import { type ConvOptions, checkConvRank, convNd } from '../conv-nd.ts';
import type { PaddingOption } from '../padding.ts';
import type { PerAxis } from '../per-axis.ts';

/** Options of a depthwise correlation: those of any, but for the groups, which are the channels. */
export type DepthwiseConvOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PaddingOption = PaddingOption,
  Dilation extends PerAxis = PerAxis,
  Bias extends Tensor = Tensor,
> = Omit<ConvOptions<Stride, Padding, Dilation, number, Bias>, 'groups'>;

/** A correlation channel by channel over `R` spatial axes. */
export type DepthwiseConvFunction<R extends SpatialRank> = <
  X extends Shape,
  W extends Shape,
  D extends DType,
  E extends DType,
  const Stride extends PerAxis = 1,
  const Padding extends PaddingOption = 0,
  const Dilation extends PerAxis = 1,
  B extends Shape = Shape,
>(
  x: Tensor<X, D> & Float<D>,
  w: Tensor<W, E> & SameDType<D, E> & Fits<DepthwiseShape<R, X, W, Stride, Padding, Dilation>>,
  options?: DepthwiseConvOptions<Stride, Padding, Dilation, Tensor<B> & Fits<BiasShape<W, B>>>,
) => Tensor<Sized<DepthwiseShape<R, X, W, Stride, Padding, Dilation>>, D & E>;

/** Correlation of every channel of x with kernels of its own. */
export const depthwiseConvNd = (
  name: string,
  rank: number,
  x: Tensor,
  w: Tensor,
  options: DepthwiseConvOptions,
): Tensor =>
  composite(name, { x, w, bias: options.bias }, () => {
    checkConvRank(x, w, rank);
    return convNd(`conv${rank}d`, rank, x, w, { ...options, groups: Math.max(1, x.shape[1]!) });
  });
