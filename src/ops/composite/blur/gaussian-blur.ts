import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { BlurShape } from '../../types/blur-shape.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits } from '../../types/fits.ts';
import { composite } from '../composite.ts';
import { type BlurPadding, filterAxes, spatialRank } from './filter-axes.ts';
import { type GaussianSize, gaussianTaps } from './gaussian-taps.ts';

/** Options of `gaussianBlur`. */
export interface GaussianBlurOptions extends GaussianSize {
  /** What stands outside x; default `'reflect'`. */
  readonly padding?: BlurPadding;
}

/**
 * x[N, C, …] convolved with a Gaussian along every axis after batch and channels; the shape stays (operators.md 29). A
 * constant stays as it is, but for padding with zeros.
 *
 * @throws GraphError `blur/options` for neither sigma nor kernel, or an even kernel; `blur/rank` without spatial axes.
 */
export const gaussianBlur: <X extends Shape, D extends DType>(
  x: Tensor<X, D> & Float<D> & Fits<BlurShape<X, 1>>,
  options: GaussianBlurOptions,
) => Tensor<X, D> = typed((x: Tensor, { padding = 'reflect', ...size }: GaussianBlurOptions) =>
  composite('gaussianBlur', { x }, () => {
    const taps = gaussianTaps(size, spatialRank(x));
    const filters = taps.map((each) => ({ taps: each, stride: 1 }));
    return filterAxes(x, filters, padding);
  }),
);
