import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { type PerAxis, perAxis } from './per-axis.ts';
import { resizeNd } from './resize-nd.ts';

/** All axes after batch and channels made `factor` times as long: by repeating (`nearest`), or linearly (half-pixel centres). */
export function upsample<D extends DType>(
  x: Tensor<Shape, D>,
  factor: PerAxis,
  mode: 'nearest' | 'linear' = 'nearest',
): Tensor<Shape, D> {
  const rank = x.shape.length - 2;
  const scale = perAxis('factor', factor, rank);
  const where = mode === 'nearest' ? ({ coordinates: 'asymmetric', rounding: 'floor' } as const) : {};
  return resizeNd('upsample', rank, x, { scale, mode, ...where }) as Tensor<Shape, D>;
}
