import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { mul } from '../../pointwise/mul.ts';
import { sum } from '../../reduce/sum.ts';
import { refuse } from '../../refuse.ts';
import { reshape } from '../../shape/reshape.ts';
import type { BiasShape, ConvShape, SpatialRank } from '../../types/conv-shape.ts';
import type { DepthwiseShape } from '../../types/depthwise-shape.ts';
import type { Float, SameDType } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import { composite } from '../composite.ts';
import { checkConvRank, convNd } from '../conv-nd.ts';
import type { PaddingOption } from '../padding.ts';
import type { PerAxis } from '../per-axis.ts';
import { type DepthwiseConvOptions, depthwiseConvNd } from './depthwise-conv-nd.ts';

/** Options of a separable correlation; the bias is the pointwise one's. */
export interface SeparableConvOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PaddingOption = PaddingOption,
  Dilation extends PerAxis = PerAxis,
  Bias extends Tensor = Tensor,
> extends DepthwiseConvOptions<Stride, Padding, Dilation, Bias> {
  /** Whether the two kernels are multiplied into one first: the same numbers up to rounding, more work, one pass. Default false. */
  readonly fused?: boolean;
}

/** A depthwise correlation and a pointwise one over `R` spatial axes. */
export type SeparableConvFunction<R extends SpatialRank> = <
  X extends Shape,
  W extends Shape,
  P extends Shape,
  D extends DType,
  E extends DType,
  F extends DType,
  const Stride extends PerAxis = 1,
  const Padding extends PaddingOption = 0,
  const Dilation extends PerAxis = 1,
  B extends Shape = Shape,
>(
  x: Tensor<X, D> & Float<D>,
  depthwise: Tensor<W, E> & SameDType<D, E> & Fits<DepthwiseShape<R, X, W, Stride, Padding, Dilation>>,
  pointwise: Tensor<P, F> &
    SameDType<D, F> &
    Fits<ConvShape<R, Sized<DepthwiseShape<R, X, W, Stride, Padding, Dilation>>, P>>,
  options?: SeparableConvOptions<Stride, Padding, Dilation, Tensor<B> & Fits<BiasShape<P, B>>>,
) => Tensor<Sized<ConvShape<R, Sized<DepthwiseShape<R, X, W, Stride, Padding, Dilation>>, P>>, D & E & F>;

/** Channel by channel, then across channels. */
export const separableConvNd = (
  name: string,
  rank: number,
  x: Tensor,
  depthwise: Tensor,
  pointwise: Tensor,
  options: SeparableConvOptions,
): Tensor =>
  composite(name, { x, depthwise, pointwise, bias: options.bias }, () => {
    const { fused = false, bias, ...walk } = options;
    checkConvRank(x, depthwise, rank);
    checkConvRank(x, pointwise, rank);
    const after = bias === undefined ? {} : { bias };
    if (!fused) {
      const apart = depthwiseConvNd(`depthwiseConv${rank}d`, rank, x, depthwise, walk);
      return convNd(`conv${rank}d`, rank, apart, pointwise, after);
    }
    return convNd(`conv${rank}d`, rank, x, product(x, depthwise, pointwise), { ...walk, ...after });
  });

/** The kernel of both in one, w[o, c, k] = Σ_j pointwise[o, c·m + j]·depthwise[c·m + j, k]. */
function product(x: Tensor, depthwise: Tensor, pointwise: Tensor): Tensor {
  const [between, one, ...window] = depthwise.shape as readonly [number, number, ...number[]];
  const [outputs, read, ...points] = pointwise.shape as readonly [number, number, ...number[]];
  const channels = x.shape[1]!;
  if (one !== 1 || channels === 0 || between % channels !== 0)
    refuse(
      'conv/channels',
      { read: one, groups: `${channels} groups`, product: one * channels, channels },
      'make the depthwise kernel [channels · m, 1, …].',
    );
  if (read !== between || points.some((size) => size !== 1))
    refuse(
      'conv/channels',
      { read, groups: '1 group', product: read, channels: between },
      `make the pointwise kernel [outputs, ${between}, 1, …].`,
    );
  const each = between / channels;
  const across = reshape(pointwise, [outputs, channels, each, ...window.map(() => 1)]);
  return sum(mul(across, reshape(depthwise, [channels, each, ...window])) as Tensor, { axes: 2 });
}
