import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { ConvShape } from '../../ops/types/conv-shape.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import type { ResizeShape } from '../../ops/types/resize-shape.ts';
import type { DTypeOf, PerAxis } from './option.ts';

/** What every layer that enlarges images is told. */
export interface UpscaleOptions {
  /** Channels in and out. */
  readonly in: number;
  readonly out: number;
  /** How many times larger. */
  readonly scale: PerAxis;
  readonly dtype?: FloatDType;
}

/** x[N, in, H, W] as [N, out, scale · H, scale · W], rounded down; or the refusal. */
type Upscaled<O extends UpscaleOptions, X extends Shape> =
  ConvShape<2, X, readonly [O['out'], O['in'], 1, 1]> extends infer Y
    ? Y extends Shape
      ? ResizeShape<2, Y, undefined, O['scale']>
      : Y
    : never;

/** What a layer that enlarges images does: [N, in, H, W] → [N, out, scale · H, scale · W]. */
export type Upscale<O extends UpscaleOptions> = <X extends Shape>(
  x: Tensor<X, DTypeOf<O>> & Fits<Upscaled<O, X>>,
) => Tensor<Sized<Upscaled<O, X>>, DTypeOf<O>>;
