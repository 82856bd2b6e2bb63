import { CotangentError } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { add, concat, maxPool2d } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import { glorotNormal } from '../initialisers/glorot.ts';
import { heNormal } from '../initialisers/he.ts';
import { type Layer, layer, type Values } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import { convTransposeLayer } from '../layers/conv-transpose-layer.ts';
import type { Image } from '../layers/image.ts';
import type { DTypeOf, Known, Option } from '../layers/option.ts';
import { subPixelLayer } from '../layers/sub-pixel-layer.ts';
import { upsampleLayer } from '../layers/upsample-layer.ts';
import { net, type TypedNet } from '../net.ts';
import { doubleConv } from './double-conv.ts';
import { checkEven, meet } from './meet.ts';
import { type UNetOptions, unetOptions } from './unet-options.ts';
import { type UNetShape, unetImages } from './unet-shape.ts';

type Result<O extends UNetOptions, X extends Shape> = UNetShape<
  X,
  O['inChannels'],
  O['classes'],
  Option<O, 'depth', 3, number>,
  Option<O, 'fit', 'error'>
>;

/** A part whose sizes are known at run time only. */
type ImageLayer = Layer<(x: Image) => Image>;

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
 * A U-Net (Ronneberger et al. 2015) with padded convolutions: stages of two 3×3 convolutions and ReLU, 2×2 max pooling
 * on the way down, `width` channels doubled from level to level; on the way up 2×2 transposed convolutions of stride 2,
 * the features of the same level joined on, and a stage; at last a 1×1 convolution to classes.
 *
 * Parts are `down1` … `bottleneck`, `expand1`, `up1` …, `head`, level 1 being the largest.
 *
 * @throws CotangentError `unet/options` for options that make no net; when applied `unet/images` for anything but images
 * of `inChannels` channels and `unet/skip` for sizes that do not halve evenly, unless `fit` says what to do.
 */
export function unet<const O extends UNetOptions>(options: Known<O, UNetOptions>): UNet<O> {
  const config = unetOptions(options);
  const { inChannels, classes, width, depth, skip, fit, norm, dtype } = config;
  const channels = (level: number): number => width * 2 ** (level - 1);
  const levels = Array.from({ length: depth }, (_, i) => i + 1);
  const stage = (from: number, level: number): ImageLayer =>
    doubleConv({ in: from, out: channels(level), norm, dtype });
  const named = (name: string, make: (level: number) => ImageLayer): { [name: string]: ImageLayer } =>
    Object.fromEntries(levels.map((level) => [`${name}${level}`, make(level)]));
  const parts = {
    ...named('down', (level) => stage(level === 1 ? inChannels : channels(level - 1), level)),
    bottleneck: stage(depth === 0 ? inChannels : channels(depth), depth + 1),
    ...named('expand', (level) => expand(channels(level + 1), channels(level), config)),
    ...named('up', (level) => stage(skip === 'concat' ? 2 * channels(level) : channels(level), level)),
    head: convLayer({ in: width, out: classes, kernel: 1, initialise: glorotNormal(), dtype }) as ImageLayer,
  };
  const body = layer(parts, (l: { readonly [name: string]: (x: Image) => Image }) => {
    const call = (x: Image): Image => {
      checkImages(x, inChannels);
      if (fit === 'error') checkEven(x, depth);
      const skips: Image[] = [];
      let y = x;
      for (const level of levels) {
        y = l[`down${level}`]!(y);
        skips.push(y);
        y = maxPool2d(y, { kernel: 2 });
      }
      y = l.bottleneck!(y);
      for (const level of levels.toReversed()) {
        const met = meet(skips.pop()!, l[`expand${level}`]!(y), fit);
        y = l[`up${level}`]!(skip === 'concat' ? concat([met.up, met.skip], 1) : add(met.up, met.skip));
      }
      return l.head!(y);
    };
    return typed<UNetCall<O>>(call);
  });
  return net('unet', config, body, fit === 'error' ? 2 ** depth : 1) as UNet<O>;
}

function expand(from: number, to: number, { up, dtype }: Required<UNetOptions>): ImageLayer {
  if (up === 'transposed') return convTransposeLayer({ in: from, out: to, kernel: 2, stride: 2, dtype }) as ImageLayer;
  if (up === 'sub-pixel') return subPixelLayer({ in: from, out: to, scale: 2, dtype }) as ImageLayer;
  const linear = heNormal({ slope: 1 });
  const conv = convLayer({ in: from, out: to, kernel: 3, padding: 1, initialise: linear, dtype });
  return layer(
    { resize: upsampleLayer({ scale: 2, mode: up }), conv },
    ({ resize, conv }) =>
      (x: Image) =>
        conv(resize(x)),
  );
}

function checkImages(x: Image, channels: number): void {
  if (x.shape.length === 4 && x.shape[1] === channels) return;
  throw new CotangentError({
    code: 'unet/images',
    summary: unetImages(x.shape, channels),
    fix: 'give images of that many channels, or make the net with another inChannels.',
  });
}
