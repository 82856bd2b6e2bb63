import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { UpsampleShape } from '../../types/resize-shape.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';
import { resizeNd } from './resize-nd.ts';

/** All axes after batch and channels made `factor` times as long: by repeating (`nearest`), or linearly (half-pixel centres). */
export const upsample: <S extends Shape, D extends DType, const F extends PerAxis>(
  x: Tensor<S, D> & Float<D> & Fits<UpsampleShape<S, F>>,
  factor: F,
  mode?: 'nearest' | 'linear',
) => Tensor<Sized<UpsampleShape<S, F>>, D> = typed(
  (x: Tensor, factor: PerAxis, mode: 'nearest' | 'linear' = 'nearest') => {
    const rank = x.shape.length - 2;
    const scale = perAxis('factor', factor, rank);
    const where = mode === 'nearest' ? ({ coordinates: 'asymmetric', rounding: 'floor' } as const) : {};
    return resizeNd('upsample', rank, x, { scale, mode, ...where });
  },
);
