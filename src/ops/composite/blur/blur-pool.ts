import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { BlurShape } from '../../types/blur-shape.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import { composite } from '../composite.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';
import { type BlurPadding, filterAxes, spatialRank } from './filter-axes.ts';

/** Options of `blurPool`. */
export interface BlurPoolOptions<Stride extends PerAxis = PerAxis> {
  /** Default 2. */
  readonly stride?: Stride;
  /** Number of binomial taps, 1 3 3 1 for 4; default 3. */
  readonly kernel?: PerAxis;
  /** What stands outside x; default `'reflect'`. */
  readonly padding?: BlurPadding;
}

/**
 * x[N, C, …] smoothed by binomial taps and then subsampled, ⌈length / stride⌉ along every axis after batch and channels
 * (operators.md 29; Zhang 2019). After a max pooling of stride 1 it makes max pooling nearly shift-consistent.
 *
 * @throws GraphError `blur/rank` without spatial axes, `option/value` for a stride or kernel below 1.
 */
export const blurPool: <X extends Shape, D extends DType, const Stride extends PerAxis = 2>(
  x: Tensor<X, D> & Float<D> & Fits<BlurShape<X, Stride>>,
  options?: BlurPoolOptions<Stride>,
) => Tensor<Sized<BlurShape<X, Stride>>, D> = typed((x: Tensor, options: BlurPoolOptions = {}) =>
  composite('blurPool', { x }, () => {
    const rank = spatialRank(x);
    const strides = perAxis('stride', options.stride ?? 2, rank);
    const kernels = perAxis('kernel', options.kernel ?? 3, rank);
    const filters = strides.map((stride, i) => ({ taps: binomial(kernels[i]!), stride }));
    return filterAxes(x, filters, options.padding ?? 'reflect');
  }),
);

/** A row of Pascal's triangle over its sum. */
function binomial(count: number): number[] {
  let row = [1];
  while (row.length < count) row = [1, ...row.slice(1).map((value, k) => value + row[k]!), 1];
  return row.map((value) => value / 2 ** (count - 1));
}
