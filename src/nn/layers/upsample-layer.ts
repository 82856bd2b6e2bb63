import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { resize2d } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import type { ResizeShape } from '../../ops/types/resize-shape.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from './image.ts';
import type { Known } from './option.ts';

export interface UpsampleLayerOptions {
  /** How many times larger. */
  readonly scale: number;
  readonly mode: 'nearest' | 'linear';
}

type Result<O extends UpsampleLayerOptions, X extends Shape> = ResizeShape<2, X, undefined, O['scale']>;

/** What an upsampling layer does: [N, C, H, W] → [N, C, scale · H, scale · W], rounded down. */
export type Upsample<O extends UpsampleLayerOptions> = <X extends Shape, D extends FloatDType>(
  x: Tensor<X, D> & Fits<Result<O, X>>,
) => Tensor<Sized<Result<O, X>>, D>;

/** Resizes by a factor, sampling at pixel centres. No parameters. */
export function upsampleLayer<const O extends UpsampleLayerOptions>({
  scale,
  mode,
}: Known<O, UpsampleLayerOptions>): Layer<Upsample<O>> {
  const call = (x: Image): Tensor => resize2d(x, { scale, mode, coordinates: 'half_pixel' });
  return layer({}, () => typed<Upsample<O>>(call));
}
