import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { BlurShape } from '../../types/blur-shape.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import { composite } from '../composite.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';
import { type AntialiasRule, antialiasSigma } from './antialias-rule.ts';
import { type BlurPadding, filterAxes, spatialRank } from './filter-axes.ts';
import { gaussianTaps } from './gaussian-taps.ts';

/** Options of `antialiasDownsample`. */
export interface AntialiasOptions<Factor extends PerAxis = PerAxis> {
  /** Every how many elements one is kept. */
  readonly factor: Factor;
  /** How the Gaussian's width follows from the factor; default `'s/2'`. */
  readonly rule?: AntialiasRule;
  /** Where the Gaussian is cut off, in standard deviations; default 4. */
  readonly truncate?: number;
  /** What stands outside x; default `'reflect'`. */
  readonly padding?: BlurPadding;
}

/**
 * x[N, C, …] smoothed by a Gaussian, then every `factor`-th element of every axis after batch and channels, from the first
 * on: ⌈length / factor⌉ (operators.md 29). {@link antialiasResponse} tells what a rule leaves of frequencies that alias.
 *
 * @throws GraphError `blur/rank` without spatial axes, `option/value` for an unknown rule or a factor below 1.
 */
export const antialiasDownsample: <X extends Shape, D extends DType, const Factor extends PerAxis>(
  x: Tensor<X, D> & Float<D> & Fits<BlurShape<X, Factor>>,
  options: AntialiasOptions<Factor>,
) => Tensor<Sized<BlurShape<X, Factor>>, D> = typed((x: Tensor, options: AntialiasOptions) =>
  composite('antialiasDownsample', { x }, () => {
    const { rule = 's/2', truncate = 4, padding = 'reflect' } = options;
    const rank = spatialRank(x);
    const factors = perAxis('factor', options.factor, rank);
    const sigma = factors.map((factor) => antialiasSigma(rule, factor));
    const taps = gaussianTaps({ sigma, truncate }, rank);
    const filters = factors.map((stride, i) => ({ taps: taps[i]!, stride }));
    return filterAxes(x, filters, padding);
  }),
);
