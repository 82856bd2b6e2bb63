import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { spp } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import type { PyramidShape } from '../../ops/types/pool-shape.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known, Option } from '../layers/option.ts';

export interface SppLayerOptions {
  /** Cells per side of each grid (not windows); default [1, 2, 3, 6]. */
  readonly levels?: readonly number[];
  /** Default `'max'`. */
  readonly kind?: 'max' | 'avg';
}

type Result<O extends SppLayerOptions, X extends Shape> = PyramidShape<
  2,
  X,
  Option<O, 'levels', readonly [1, 2, 3, 6], readonly number[]>
>;

/** What it does: [N, C, H, W] → [N, C · Σ level²], whatever H and W. */
export type SppCall<O extends SppLayerOptions> = <X extends Shape, D extends FloatDType>(
  x: Tensor<X, D> & Fits<Result<O, X>>,
) => Tensor<Sized<Result<O, X>>, D>;

/** Spatial pyramid pooling (operators.md 18): as many numbers for images of any size. No parameters. */
export function sppLayer<const O extends SppLayerOptions>(options: Known<O, SppLayerOptions>): Layer<SppCall<O>> {
  const { levels = [1, 2, 3, 6], kind = 'max' }: SppLayerOptions = options;
  const call = (x: Image): Tensor => spp(x, levels, { kind });
  return layer({}, () => typed<SppCall<O>>(call));
}
