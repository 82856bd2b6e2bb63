import { fail } from '../../../graph/error.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { refuse } from '../../refuse.ts';
import { extent } from '../../window/extent.ts';
import { type Paddings, paddingPairs } from '../padding.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';
import { checkPoolRank, type PoolAxis, poolAxis } from '../pool-axes.ts';

/** Which pooling is undone, and how large its input was. */
export interface UnpoolOptions<
  Kernel extends PerAxis = PerAxis,
  Stride extends PerAxis = PerAxis,
  Padding extends Paddings = Paddings,
  Dilation extends PerAxis = PerAxis,
  Size extends PerAxis = PerAxis,
> {
  /** Size of the window. */
  readonly kernel: Kernel;
  /** Default: the size of the window. */
  readonly stride?: Stride;
  /** What the pooling padded; default 0. */
  readonly padding?: Padding;
  /** Distance of the window's taps; default 1. */
  readonly dilation?: Dilation;
  /** Spatial sizes of the result; default the smallest that pools to y: (length − 1)·stride − lo − hi + what a window spans. */
  readonly outputSize?: Size;
}

/** Spatial sizes of what was pooled to y. */
export function unpooledSizes(y: Tensor, rank: number, options: UnpoolOptions): number[] {
  checkPoolRank(y, rank);
  const kernel = perAxis('kernel', options.kernel, rank);
  const stride = perAxis('stride', options.stride ?? options.kernel, rank);
  const dilation = perAxis('dilation', options.dilation ?? 1, rank);
  const padding = paddingPairs(options.padding ?? 0, rank);
  if (options.outputSize !== undefined) return perAxis('outputSize', options.outputSize, rank);
  return padding.map(([lo, hi], i) => {
    const length = y.shape[i + 2]!;
    const result = extent(length, stride[i]!) - 1 - lo - hi + extent(kernel[i]!, dilation[i]!);
    if (result < 1)
      refuse('conv-transpose/window', { axis: i, size: length, result }, 'use less padding, or give outputSize.');
    return result;
  });
}

/** The windows of the pooling that made y of a plane of these sizes; refuses one that would make another number. */
export function undoneAxes(y: Tensor, rank: number, sizes: readonly number[], options: UnpoolOptions): PoolAxis[] {
  const kernel = perAxis('kernel', options.kernel, rank);
  const stride = perAxis('stride', options.stride ?? options.kernel, rank);
  const dilation = perAxis('dilation', options.dilation ?? 1, rank);
  return paddingPairs(options.padding ?? 0, rank).map((padding, i) => {
    const walk = { length: sizes[i]!, window: kernel[i]!, stride: stride[i]!, dilation: dilation[i]! };
    const found = [false, true].map((ceil) => poolAxis(walk, padding, ceil && padding[1] >= 0, i));
    const axis = found.find(({ count }) => count === y.shape[i + 2]!);
    return (
      axis ??
      fail(
        'unpool/size',
        `an axis of ${sizes[i]} elements has ${found.map(({ count }) => count).join(' or ')} windows, y has ${y.shape[i + 2]} along spatial axis ${i}`,
        'give the outputSize that was pooled, and the options it was pooled with.',
      )
    );
  });
}
