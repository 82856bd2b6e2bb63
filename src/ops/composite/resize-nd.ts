import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { refuse } from '../refuse.ts';
import type { SpatialRank } from '../types/conv-shape.ts';
import type { Float } from '../types/dtypes.ts';
import type { Fits, Sized } from '../types/fits.ts';
import type { ResizeShape } from '../types/resize-shape.ts';
import { composite } from './composite.ts';
import { type PerAxis, perAxis } from './per-axis.ts';
import { linear, nearest, type Rounding } from './resize-filter.ts';
import { type Coordinates, resizeRows } from './resize-rows.ts';
import { separable } from './separable.ts';

/** Options of `resize1d`, `resize2d`, `resize3d`: `size` or `scale`, not both. Literal ones count in the type of the result. */
export interface ResizeOptions<Size extends PerAxis = PerAxis, Scale extends PerAxis = PerAxis> {
  /** Length of every spatial axis of the result. */
  readonly size?: Size;
  /** Factors: the result has ⌊length · scale⌋ elements, and the sampling step is exactly 1 / scale. */
  readonly scale?: Scale;
  readonly mode: 'nearest' | 'linear';
  /** Where output positions lie in the input; default `'half_pixel'`. */
  readonly coordinates?: Coordinates;
  /** For `nearest`: which neighbour; default `'round_prefer_floor'`. */
  readonly rounding?: Rounding;
}

/** Sampling `R` spatial axes at another size; sizes that do not fit are compile errors where they are literal. */
export type ResizeFunction<R extends SpatialRank> = <
  X extends Shape,
  D extends DType,
  const Size extends PerAxis = never,
  const Scale extends PerAxis = never,
>(
  x: Tensor<X, D> & Float<D> & Fits<ResizeShape<R, X, Size, Scale>>,
  options: ResizeOptions<Size, Scale>,
) => Tensor<Sized<ResizeShape<R, X, Size, Scale>>, D>;

/** The last `rank` axes sampled at another size, one linear map per axis. */
export const resizeNd = (name: string, rank: number, x: Tensor, options: ResizeOptions): Tensor =>
  composite(name, { x }, () => {
    const { size, scale, mode, coordinates = 'half_pixel', rounding = 'round_prefer_floor' } = options;
    if (x.shape.length !== rank + 2)
      refuse(
        'resize/rank',
        { x: `[${x.shape}]`, rank: rank + 2 },
        'give x a batch and a channel axis before the spatial ones.',
      );
    if ((size === undefined) === (scale === undefined))
      fail('resize/options', `${size === undefined ? 'neither' : 'both'} size and scale given`, 'give one of the two.');
    if (mode !== 'nearest' && mode !== 'linear')
      fail('resize/options', `unknown mode '${String(mode)}'`, "use 'nearest' or 'linear'.");
    const filter = mode === 'nearest' ? nearest(rounding) : linear;
    const lengths = x.shape.slice(2);
    const axes =
      scale === undefined
        ? perAxis('size', size!, rank).map((count, i) => ({ count, step: lengths[i]! / count }))
        : factors(scale, rank).map((factor, i) => ({ count: scaled(lengths[i]!, factor, i), step: 1 / factor }));
    const rows = axes.map((axis, i) => resizeRows({ ...axis, length: lengths[i]! }, coordinates, filter));
    return separable(x, [undefined, undefined, ...rows]);
  });

function factors(scale: number | readonly number[], rank: number): readonly number[] {
  const values = typeof scale === 'number' ? new Array<number>(rank).fill(scale) : scale;
  if (values.length !== rank)
    fail('option/axes', `scale has ${values.length} values for ${rank} spatial axes`, `give one number, or ${rank}.`);
  for (const value of values)
    if (!(Number.isFinite(value) && value > 0))
      fail('option/value', `scale is ${String(value)}`, 'make it a number above 0.');
  return values;
}

function scaled(size: number, scale: number, axis: number): number {
  const count = Math.floor(size * scale);
  if (count < 1) refuse('resize/size', { size, axis, scale }, 'scale by more, or give the size instead.');
  return count;
}
