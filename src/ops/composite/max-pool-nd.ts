import type { Tensor } from '../../graph/tensor.ts';
import { argmaxWindow } from '../window/argmax-window.ts';
import { gather } from '../window/gather.ts';
import { composite } from './composite.ts';
import type { PerAxis } from './per-axis.ts';
import { type PoolOptions, poolAxes } from './pool-axes.ts';

/** Options of `maxPool1d`, `maxPool2d`, `maxPool3d`. */
export interface MaxPoolOptions extends PoolOptions {
  /** Distance of the window's taps; default 1. */
  readonly dilation?: PerAxis;
  /** Which of several equal maxima is chosen; default `'first'` in row-major order. */
  readonly ties?: 'first' | 'last';
}

/** Maxima and where they stood: flat i32 positions in each channel's unpadded plane. */
export interface Pooled {
  readonly values: Tensor;
  readonly indices: Tensor;
}

/** Window maxima over the last `rank` axes. Padding is never chosen; a window that sees nothing else gives 0 at −1. */
export const maxPoolNd = (name: string, rank: number, x: Tensor, options: MaxPoolOptions): Pooled =>
  composite(name, { x }, () => {
    const axes = poolAxes(x, rank, options, options.dilation);
    const indices = argmaxWindow(x, {
      axes: axes.map(({ window, stride, lo, hi, dilation }) => ({ window, stride, lo, hi, dilation })),
      ties: options.ties ?? 'first',
    });
    return { values: gather({ x, at: indices }, { batch: 2 }), indices };
  });
