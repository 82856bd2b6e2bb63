import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { typed } from '../../ops/typed.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import type { Layer, Values } from '../layer.ts';
import type { DTypeOf, Known, Option } from '../layers/option.ts';
import { net, type TypedNet } from '../net.ts';
import { doubleConv } from './double-conv.ts';
import { unetBody } from './unet-body.ts';
import { type UNetOptions, unetOptions } from './unet-options.ts';
import type { UNetShape } from './unet-shape.ts';

type Result<O extends UNetOptions, X extends Shape> = UNetShape<
  X,
  O['inChannels'],
  O['classes'],
  Option<O, 'depth', 3, number>,
  Option<O, 'fit', 'error'>
>;

/** What a U-Net does: images [N, inChannels, H, W] → scores [N, classes, H, W]. */
export type UNetCall<O extends UNetOptions> = <X extends Shape>(
  x: Tensor<X, DTypeOf<O>> & Fits<Result<O, X>>,
) => Tensor<Sized<Result<O, X>>, DTypeOf<O>>;

/** A U-Net whose sizes the compiler knows where its options are literals. */
export interface UNet<O extends UNetOptions> extends TypedNet<UNetCall<O>> {
  apply<X extends Shape>(
    x: Tensor<X, DTypeOf<O>> & Fits<Result<O, X>>,
    parameters: Values,
  ): Tensor<Sized<Result<O, X>>, DTypeOf<O>>;
}

/**
 * A U-Net (Ronneberger et al. 2015; operators.md 76) with padded convolutions: stages of two 3×3 convolutions and ReLU,
 * 2×2 max pooling on the way down, `width` channels doubled from level to level; on the way up 2×2 transposed convolutions of
 * stride 2, the features of the same level joined on, and a stage; at last a 1×1 convolution to classes.
 *
 * Parts are `down1` … `bottleneck`, `expand1`, `up1` …, `head`, level 1 being the largest.
 *
 * @throws CotangentError `unet/options` for options that make no net; when applied `unet/images` for anything but images
 * of `inChannels` channels and `unet/skip` for sizes that do not halve evenly, unless `fit` says what to do.
 */
export function unet<const O extends UNetOptions>(options: Known<O, UNetOptions>): UNet<O> {
  const config = unetOptions(options);
  const { depth, fit, norm, dtype } = config;
  const body = unetBody(config, (from, out) => doubleConv({ in: from, out, norm, dtype }));
  const known: Layer<UNetCall<O>> = { ...body, bind: (values) => typed<UNetCall<O>>(body.bind(values)) };
  return net('unet', config, known, fit === 'error' ? 2 ** depth : 1) as UNet<O>;
}
