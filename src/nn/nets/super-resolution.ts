import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { add, relu, resize2d } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { heNormal } from '../initialisers/he.ts';
import type { Initialiser } from '../initialisers/initialiser.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import { convTransposeLayer } from '../layers/conv-transpose-layer.ts';
import { evenKernel } from '../layers/even-kernel.ts';
import type { Image } from '../layers/image.ts';
import type { DTypeOf, Known, Option } from '../layers/option.ts';
import { resizeConvLayer } from '../layers/resize-conv-layer.ts';
import { subPixelLayer } from '../layers/sub-pixel-layer.ts';
import type { Upscale } from '../layers/upscaled.ts';
import { net, type TypedNet } from '../net.ts';
import { count, netOptions } from './net-options.ts';

/** How super resolution enlarges: the three ways of operators.md 39. */
export const upsamplers = ['transposed', 'resize-conv', 'sub-pixel'] as const;
/** One of {@link upsamplers}. */
export type Upsampler = (typeof upsamplers)[number];

/** What a super-resolution net is made of; plain JSON. */
export interface SuperResolutionOptions {
  /** Channels of the images, small and large. */
  readonly inChannels: number;
  /** How many times larger the images get; default 2. */
  readonly scale?: number;
  /** Channels of the first layer; the second has half as many. Default 32. */
  readonly width?: number;
  /**
   * How the last layer enlarges: a `transposed` convolution whose kernel is twice the stride, a nearest-neighbour resize and a
   * convolution (`resize-conv`), or a convolution and `depthToSpace` (`sub-pixel`, the default), which starts as a nearest-neighbour
   * upsampling (ICNR).
   */
  readonly up?: Upsampler;
  /**
   * What the net's result is added to: the image, interpolated (`linear`, the default, or `cubic`, with a = −3/4), so that the net
   * learns what interpolation misses (Kim et al. 2016); or nothing (`none`, as in ESPCN).
   */
  readonly skip?: 'none' | 'linear' | 'cubic';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  inChannels: count,
  scale: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(2)), 2),
  width: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(2)), 32),
  up: v.optional(v.picklist(upsamplers), 'sub-pixel'),
  skip: v.optional(v.picklist(['none', 'linear', 'cubic']), 'linear'),
  dtype: v.optional(v.picklist(['f32', 'f64']), 'f32'),
});

/** What a super-resolution net does: images [N, inChannels, H, W] → [N, inChannels, scale · H, scale · W]. */
export type SuperResolution<O extends SuperResolutionOptions> = Upscale<{
  readonly in: O['inChannels'];
  readonly out: O['inChannels'];
  readonly scale: Option<O, 'scale', 2, number>;
  readonly dtype: DTypeOf<O>;
}>;

/**
 * ESPCN (Shi et al. 2016) with a choice of upsampler: a 5×5 and a 3×3 convolution with ReLU work on the small image, the last layer
 * enlarges, and what it makes is added to the interpolated image. Parts are `features`, `shrink` and `up`.
 *
 * @throws CotangentError `net/options` for options that make no net.
 */
export function superResolution<const O extends SuperResolutionOptions>(
  options: Known<O, SuperResolutionOptions>,
): TypedNet<SuperResolution<O>> {
  const config = netOptions('super-resolution', schema, options);
  const { inChannels, scale, width, up, skip, dtype } = config;
  const middle = Math.floor(width / 2);
  const parts = {
    features: convLayer({ in: inChannels, out: width, kernel: 5, padding: 2, dtype }),
    shrink: convLayer({ in: width, out: middle, kernel: 3, padding: 1, dtype }),
    up: upsampler(up, { in: middle, out: inChannels, scale, initialise: skip === 'none' ? linear : faint, dtype }),
  };
  const body = layer(parts, ({ features, shrink, up }) => {
    const call = (x: Image): Image => {
      const y = up(relu(shrink(relu(features(x)) as Image)) as Image);
      return skip === 'none' ? y : (add(y, resize2d(x, { scale, mode: skip })) as Image);
    };
    return typed<SuperResolution<O>>(call);
  });
  return net('super-resolution', config, body);
}

const linear = heNormal({ slope: 1 });
/** A tenth of the usual: training starts near the interpolation. */
const faint: Initialiser = (type, fan) => {
  const draw = linear(type, fan);
  return (random) => draw(random) / 10;
};

interface Enlarging {
  readonly in: number;
  readonly out: number;
  readonly scale: number;
  readonly initialise: Initialiser;
  readonly dtype: FloatDType;
}

function upsampler(up: Upsampler, { scale, ...rest }: Enlarging): Layer<(x: Image) => Image> {
  switch (up) {
    case 'transposed':
      return convTransposeLayer({ ...rest, ...evenKernel(scale) }) as Layer<(x: Image) => Image>;
    case 'resize-conv':
      return resizeConvLayer({ ...rest, scale }) as Layer<(x: Image) => Image>;
    case 'sub-pixel':
      return subPixelLayer({ ...rest, scale }) as Layer<(x: Image) => Image>;
  }
}
