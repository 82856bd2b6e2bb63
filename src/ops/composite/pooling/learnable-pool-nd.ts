import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { add } from '../../pointwise/add.ts';
import { div } from '../../pointwise/div.ts';
import { sub } from '../../pointwise/sub.ts';
import { sum } from '../../reduce/sum.ts';
import { refuse } from '../../refuse.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { reshape } from '../../shape/reshape.ts';
import type { SpatialRank } from '../../types/conv-shape.ts';
import type { LearnablePoolShape } from '../../types/depthwise-shape.ts';
import type { Float, SameDType } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import { softmax } from '../activation/softmax.ts';
import { composite } from '../composite.ts';
import { checkConvRank, convNd } from '../conv-nd.ts';
import type { PaddingOption } from '../padding.ts';
import type { PerAxis } from '../per-axis.ts';

/** Options of `learnablePool1d`, `learnablePool2d`, `learnablePool3d`. Literal ones count in the type of the result. */
export interface LearnablePoolOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PaddingOption = PaddingOption,
  Dilation extends PerAxis = PerAxis,
> {
  /** Default: the size of the window. */
  readonly stride?: Stride;
  /** Default 0; padding is zeros. */
  readonly padding?: Padding;
  /** Distance of the window's taps; default 1. */
  readonly dilation?: Dilation;
  /** One number per channel. */
  readonly bias?: Tensor;
  /**
   * What the weights of a window are made to be: `'softmax'` positive with sum 1, `'sum-one'` with sum 1 (all moved by
   * the same amount, the nearest such weights), `'none'` (the default) themselves.
   */
  readonly constraint?: 'none' | 'softmax' | 'sum-one';
}

/** Pooling with learned weights over `R` spatial axes. */
export type LearnablePoolFunction<R extends SpatialRank> = <
  X extends Shape,
  W extends Shape,
  D extends DType,
  E extends DType,
  const Stride extends PerAxis = never,
  const Padding extends PaddingOption = 0,
  const Dilation extends PerAxis = 1,
>(
  x: Tensor<X, D> & Float<D>,
  w: Tensor<W, E> & SameDType<D, E> & Fits<LearnablePoolShape<R, X, W, Stride, Padding, Dilation>>,
  options?: LearnablePoolOptions<Stride, Padding, Dilation>,
) => Tensor<Sized<LearnablePoolShape<R, X, W, Stride, Padding, Dilation>>, D & E>;

/** Weighted sums of windows over the last `rank` axes: a depthwise, strided convolution with w[C,1,k…] or one w[1,1,k…] for all. */
export const learnablePoolNd = (
  name: string,
  rank: number,
  x: Tensor,
  w: Tensor,
  options: LearnablePoolOptions,
): Tensor =>
  composite(name, { x, w, bias: options.bias }, () => {
    checkConvRank(x, w, rank);
    const [channels, kernel] = [x.shape[1]!, w.shape.slice(2)];
    const [kernels, one] = w.shape as readonly [number, number];
    if (one !== 1 || (kernels !== 1 && kernels !== channels))
      refuse(
        'pool/weights',
        { w: w.shape, channels },
        `make w [${channels},1,${kernel}], or [1,1,${kernel}] for all channels.`,
      );
    const weights = constrained(w, options.constraint ?? 'none');
    const all = kernels === channels ? weights : broadcastTo(weights, [channels, 1, ...kernel]);
    const { stride = kernel, padding, dilation, bias } = options;
    return convNd(name, rank, x, all, {
      stride,
      groups: Math.max(1, channels),
      ...(padding === undefined ? {} : { padding }),
      ...(dilation === undefined ? {} : { dilation }),
      ...(bias === undefined ? {} : { bias }),
    });
  });

function constrained(w: Tensor, constraint: 'none' | 'softmax' | 'sum-one'): Tensor {
  const [kernels, ...rest] = w.shape as readonly [number, ...number[]];
  const taps = sizeOf(rest);
  switch (constraint) {
    case 'none':
      return w;
    case 'softmax':
      return reshape(softmax(reshape(w, [kernels, taps]), 1), w.shape);
    case 'sum-one': {
      const flat: Tensor = reshape(w, [kernels, taps]);
      const lacking: Tensor = sub(1, sum(flat, { axes: 1, keepDims: true }));
      return reshape(add(flat, div(lacking, taps)) as Tensor, w.shape);
    }
    default:
      return fail(
        'pool/constraint',
        `unknown constraint '${String(constraint)}'`,
        "use 'none', 'softmax' or 'sum-one'.",
      );
  }
}
