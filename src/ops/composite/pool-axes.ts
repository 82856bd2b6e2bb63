import { fail } from '../../graph/error.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { refuse } from '../refuse.ts';
import type { WindowAxis } from '../window/argmax-window.ts';
import { extent } from '../window/extent.ts';
import { windowCount } from '../window/window-count.ts';
import { type Paddings, paddingPairs } from './padding.ts';
import { type PerAxis, perAxis } from './per-axis.ts';

/** Where the windows of a pooling stand. Literal options count in the type of the result. */
export interface PoolOptions<
  Kernel extends PerAxis = PerAxis,
  Stride extends PerAxis = PerAxis,
  Padding extends Paddings = Paddings,
  Ceil extends boolean = boolean,
> {
  /** Size of the window. */
  readonly kernel: Kernel;
  /** Default: the size of the window. */
  readonly stride?: Stride;
  /** At most half the window; default 0. */
  readonly padding?: Padding;
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
export function poolAxes(x: Tensor, rank: number, options: PoolOptions, dilations: PerAxis = 1): PoolAxis[] {
  if (x.shape.length !== rank + 2)
    refuse(
      'pool/rank',
      { x: `[${x.shape}]`, rank: rank + 2 },
      'give x a batch and a channel axis before the spatial ones.',
    );
  const kernel = perAxis('kernel', options.kernel, rank);
  const stride = perAxis('stride', options.stride ?? options.kernel, rank);
  const dilation = perAxis('dilation', dilations, rank);
  return paddingPairs(options.padding ?? 0, rank).map(([lo, high], i) => {
    const axis = { length: x.shape[i + 2]!, window: kernel[i]!, stride: stride[i]!, dilation: dilation[i]! };
    if (Math.min(lo, high) < 0 || Math.max(lo, high) > axis.window / 2)
      fail(
        'pool/padding',
        `padding ${lo} and ${high} along spatial axis ${i} is not between 0 and half the window, ${axis.window}`,
        'use less padding, or pad x first.',
      );
    const end = axis.length + high;
    const hi = options.ceil === true ? high + missing(axis, lo, high) : high;
    const count = windowCount('pool/window', { ...axis, lo, hi }, i);
    return { ...axis, lo, hi, count, end };
  });
}

/** Elements that the last window of ceil mode lacks; 0 where it would begin in the high padding. */
function missing(axis: Omit<WindowAxis, 'lo' | 'hi'> & { readonly length: number }, lo: number, high: number): number {
  const { length, window, stride, dilation } = axis;
  const room = length + lo + high - extent(window, dilation);
  const last = Math.ceil(room / stride);
  return room < 0 || last * stride >= length + lo ? 0 : last * stride - room;
}
