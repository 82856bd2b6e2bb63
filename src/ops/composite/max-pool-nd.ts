import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { SpatialRank } from '../types/conv-shape.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { PoolShape } from '../types/pool-shape.ts';
import { argmaxWindow } from '../window/argmax-window.ts';
import { gather } from '../window/gather.ts';
import { composite } from './composite.ts';
import type { PaddingOption } from './padding.ts';
import { tapsOf } from './patches/tap-table.ts';
import type { PerAxis } from './per-axis.ts';
import { type PoolOptions, poolAxes } from './pool-axes.ts';
import { splitMaxima } from './pooling/split-maxima.ts';

/**
 * Which of several equal maxima of a window takes the gradient (operators.md 2): the first or the last in row-major
 * order, or all of them in equal parts. Indices name the first unless the last is chosen.
 */
export type Ties = 'first' | 'last' | 'split';

/** Options of `maxPool1d`, `maxPool2d`, `maxPool3d`. */
export interface MaxPoolOptions<
  Kernel extends PerAxis = PerAxis,
  Stride extends PerAxis = PerAxis,
  Padding extends PaddingOption = PaddingOption,
  Dilation extends PerAxis = PerAxis,
  Ceil extends boolean = boolean,
> extends PoolOptions<Kernel, Stride, Padding, Dilation, Ceil> {
  /** Default `'first'`. */
  readonly ties?: Ties;
}

/** Window maxima over `R` spatial axes; sizes that do not fit are compile errors where they are literal. */
export type MaxPoolFunction<R extends SpatialRank> = <
  X extends Shape,
  D extends DType,
  const Kernel extends PerAxis,
  const Stride extends PerAxis = Kernel,
  const Padding extends PaddingOption = 0,
  const Dilation extends PerAxis = 1,
  Ceil extends boolean = false,
>(
  x: Tensor<X, D> & Fits<PoolShape<R, X, Kernel, Stride, Padding, Dilation, Ceil>>,
  options: MaxPoolOptions<Kernel, Stride, Padding, Dilation, Ceil>,
) => Tensor<Sized<PoolShape<R, X, Kernel, Stride, Padding, Dilation, Ceil>>, D>;

/** Maxima and where they stood: flat i32 positions in each channel's unpadded plane. */
export interface Pooled<S extends Shape = Shape, D extends DType = DType> {
  readonly values: Tensor<S, D>;
  readonly indices: Tensor<S, 'i32'>;
}

/** Window maxima over the last `rank` axes. Padding is never chosen; a window that sees nothing else gives 0 at −1. */
export const maxPoolNd = (name: string, rank: number, x: Tensor, options: MaxPoolOptions): Pooled =>
  composite(name, { x }, () => {
    const axes = poolAxes(x, rank, options);
    const ties = tieRule(options.ties);
    const indices = argmaxWindow(x, {
      axes: axes.map(({ window, stride, lo, hi, dilation }) => ({ window, stride, lo, hi, dilation })),
      ties: ties === 'last' ? 'last' : 'first',
    });
    const chosen = gather({ x, at: indices }, { batch: 2 });
    const values = ties === 'split' ? splitMaxima(x, chosen, axes.map(tapsOf)) : chosen;
    return { values, indices: indices as Tensor<Shape, 'i32'> };
  });

/** The tie rule asked for, `'first'` if none is; refuses other names. */
export function tieRule(ties: Ties = 'first'): Ties {
  if (ties !== 'first' && ties !== 'last' && ties !== 'split')
    fail('pool/ties', `unknown tie rule '${String(ties)}'`, "use 'first', 'last' or 'split'.");
  return ties;
}
