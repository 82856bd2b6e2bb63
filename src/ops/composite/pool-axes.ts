import { fail } from '../../graph/error.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { refuse } from '../refuse.ts';
import type { WindowAxis } from '../window/argmax-window.ts';
import { extent } from '../window/extent.ts';
import { windowCount } from '../window/window-count.ts';
import { type PaddingOption, type Pair, resolvePadding } from './padding.ts';
import { type PerAxis, perAxis } from './per-axis.ts';

/** Where the windows of a pooling stand. Literal options count in the type of the result. */
export interface PoolOptions<
  Kernel extends PerAxis = PerAxis,
  Stride extends PerAxis = PerAxis,
  Padding extends PaddingOption = PaddingOption,
  Dilation extends PerAxis = PerAxis,
  Ceil extends boolean = boolean,
> {
  /** Size of the window. */
  readonly kernel: Kernel;
  /** Default: the size of the window. */
  readonly stride?: Stride;
  /** Default 0. Any amount: what a window reads of it never counts as an element; negative ones cut elements off. */
  readonly padding?: Padding;
  /** Distance of the window's taps; default 1. */
  readonly dilation?: Dilation;
  /** Whether a last window that reaches beyond the padding counts, as long as it does not begin in it. Default false. */
  readonly ceil?: Ceil;
}

/** The windows of one axis: `end` is where the padded axis ends, which `hi` may pass in ceil mode. */
export interface PoolAxis extends WindowAxis {
  readonly length: number;
  readonly count: number;
  readonly end: number;
}

/** Pooling options written out for every spatial axis. */
export function poolAxes(x: Tensor, rank: number, options: PoolOptions): PoolAxis[] {
  checkPoolRank(x, rank);
  const kernel = perAxis('kernel', options.kernel, rank);
  const stride = perAxis('stride', options.stride ?? options.kernel, rank);
  const dilation = perAxis('dilation', options.dilation ?? 1, rank);
  const axes = x.shape
    .slice(2)
    .map((length, i) => ({ length, window: kernel[i]!, stride: stride[i]!, dilation: dilation[i]! }));
  const padding = resolvePadding(options.padding ?? 0, axes);
  return axes.map((axis, i) => poolAxis(axis, padding[i]!, options.ceil === true, i));
}

/** Refuses x without `rank` axes after batch and channels. */
export function checkPoolRank(x: Tensor, rank: number): void {
  if (x.shape.length !== rank + 2)
    refuse(
      'pool/rank',
      { x: `[${x.shape}]`, rank: rank + 2 },
      'give x a batch and a channel axis before the spatial ones.',
    );
}

/** The windows along spatial axis `i`. In ceil mode `hi` is what makes the window count come out. */
export function poolAxis(
  axis: Omit<WindowAxis, 'lo' | 'hi'> & { readonly length: number },
  [lo, high]: Pair,
  ceil: boolean,
  i: number,
): PoolAxis {
  const { length, window, stride, dilation } = axis;
  if (ceil && high < 0)
    fail(
      'pool/crop',
      `the high padding ${high} along spatial axis ${i} cuts elements off that the last window of ceil mode would read`,
      'slice x first, or leave out ceil.',
    );
  const room = length + lo + high - extent(window, dilation);
  // Windows that would begin in the high padding are left out.
  const last = Math.min(Math.ceil(room / stride), Math.ceil((length + lo) / stride) - 1);
  const hi = ceil && last >= 0 ? high + last * stride - room : high;
  const count = windowCount('pool/window', { ...axis, lo, hi }, i);
  return { ...axis, lo, hi, count, end: length + high };
}
