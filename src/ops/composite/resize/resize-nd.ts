import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { constant } from '../../constant/constant.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { refuse } from '../../refuse.ts';
import type { SpatialRank } from '../../types/conv-shape.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { ResizeShape } from '../../types/resize-shape.ts';
import type { Row } from '../../window/weight-table.ts';
import { composite } from '../composite.ts';
import type { PerAxis } from '../per-axis.ts';
import { separable } from '../separable.ts';
import { fullMode } from './resize-mode.ts';
import type { KeepAspect, ResizeOptions } from './resize-options.ts';
import { resizeRows, type Sampling } from './resize-rows.ts';
import { resizedAxes } from './resized-axes.ts';

/** Sampling `R` spatial axes at another size; sizes that do not fit are compile errors where they are literal. */
export type ResizeFunction<R extends SpatialRank> = <
  X extends Shape,
  D extends DType,
  const Size extends PerAxis = never,
  const Scale extends PerAxis = never,
  Keep extends KeepAspect = 'stretch',
>(
  x: Tensor<X, D> & Float<D> & Fits<ResizeShape<R, X, Kept<Size, Keep>, Scale>>,
  options: ResizeOptions<Size, Scale, Keep>,
) => Tensor<Sized<ResizeShape<R, X, Kept<Size, Keep>, Scale>>, D>;

/** The size asked for, if that is certainly the one of the result. */
export type Kept<Size, Keep> = [Keep] extends ['stretch'] ? Size : number;

/** The last `rank` axes sampled at another size. */
export const resizeNd = (name: string, rank: number, x: Tensor, options: ResizeOptions): Tensor =>
  composite(name, { x }, () => {
    if (x.shape.length !== rank + 2)
      refuse(
        'resize/rank',
        { x: `[${x.shape}]`, rank: rank + 2 },
        'give x a batch and a channel axis before the spatial ones.',
      );
    const axes = Array.from({ length: rank }, (_, i) => i + 2);
    return resizeAlong(x, axes, options);
  });

/** Some axes sampled at another size, one linear map each; options are in the order of the axes. */
export function resizeAlong(x: Tensor, axes: readonly number[], options: ResizeOptions): Tensor {
  const sampling = samplingOf(options);
  const resized = resizedAxes(
    axes.map((axis) => x.shape[axis]!),
    options,
  );
  const rows = new Array<Row[] | undefined>(x.shape.length).fill(undefined);
  axes.forEach((axis, i) => {
    rows[axis] = resizeRows(resized[i]!, sampling);
  });
  const y = separable(x, rows);
  return sampling.coordinates === 'tf_crop_and_resize' ? extrapolate(y, rows, options.extrapolation ?? 0) : y;
}

function samplingOf(options: ResizeOptions): Sampling {
  const { coordinates = 'half_pixel', rounding = 'round_prefer_floor', excludeOutside = false } = options;
  const mode = fullMode(options.mode);
  const { antialias = typeof mode === 'object' && 'lanczos' in mode } = options;
  if (antialias && (mode === 'nearest' || mode === 'area'))
    fail(
      'resize/options',
      `mode '${mode}' with antialias`,
      "leave antialias out, or use 'linear', 'cubic' or 'lanczos'.",
    );
  if (options.extrapolation !== undefined && !Number.isFinite(options.extrapolation))
    fail('option/value', `extrapolation is ${options.extrapolation}`, 'make it a finite number.');
  return { mode, coordinates, rounding, antialias, excludeOutside };
}

/** y with a number where any axis reads nothing: these elements of y are 0. */
function extrapolate(y: Tensor, rows: readonly (readonly Row[] | undefined)[], value: number): Tensor {
  if (value === 0 || !rows.some((matrix) => matrix?.some((row) => row.length === 0))) return y;
  const inside = rows.flatMap((matrix, axis) => {
    if (matrix === undefined || matrix.every((row) => row.length > 0)) return [];
    const shape = y.shape.map((size, k) => (k === axis ? size : 1));
    const reads = matrix.map((row) => Math.min(row.length, 1));
    return [constant(y.graph, { dtype: y.dtype, shape }, reads) as Tensor];
  });
  const outside = sub(
    inside.reduce((a, b) => mul(a, b)),
    1,
  );
  return add(y, mul(outside, -value));
}
