import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { maxPool2d, maxPoolWithIndices, maxUnpool2d, relu } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { convUnit } from '../blocks/conv-unit.ts';
import { glorotNormal } from '../initialisers/glorot.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import { convTransposeLayer } from '../layers/conv-transpose-layer.ts';
import { evenKernel } from '../layers/even-kernel.ts';
import type { Image } from '../layers/image.ts';
import type { DTypeOf, Known } from '../layers/option.ts';
import { net, type TypedNet } from '../net.ts';
import { count, netOptions } from './net-options.ts';

/** What an autoencoder is made of; plain JSON. */
export interface AutoencoderOptions {
  /** Channels of the images. */
  readonly inChannels: number;
  /** Channels of the first stage, doubled from level to level; default 16. */
  readonly width?: number;
  /** How often the images are halved; default 2. */
  readonly depth?: number;
  /** Channels of the code, the smallest features; default as many as the last stage has. */
  readonly code?: number;
  /**
   * How the decoder enlarges: by a `transposed` convolution (the default), or by max unpooling at the encoder's `switches` and a
   * convolution, as SegNet does.
   */
  readonly up?: 'transposed' | 'switches';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  inChannels: count,
  width: v.optional(count, 16),
  depth: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(16)), 2),
  code: v.optional(count),
  up: v.optional(v.picklist(['transposed', 'switches']), 'transposed'),
  dtype: v.optional(v.picklist(['f32', 'f64']), 'f32'),
});

/** What an autoencoder does: images [N, inChannels, H, W] → images of the same sizes. */
export type Autoencoder<O extends AutoencoderOptions> = <X extends Shape>(
  x: Tensor<X, DTypeOf<O>>,
) => Tensor<X, DTypeOf<O>>;

/**
 * A convolutional autoencoder (operators.md 77): 3×3 convolutions with ReLU and 2×2 max pooling down to a code, and back up by
 * transposed convolutions or by unpooling with switches. Parts are `down1` …, `up1` …, level 1 being the largest, and `head`.
 *
 * @throws CotangentError `net/options` for options that make no net; when applied `autoencoder/size` for images whose sides are no
 * multiples of 2^depth.
 */
export function autoencoder<const O extends AutoencoderOptions>(
  options: Known<O, AutoencoderOptions>,
): TypedNet<Autoencoder<O>> {
  const config = netOptions('autoencoder', schema, options);
  const { inChannels, width, depth, up, dtype } = config;
  const channels = (level: number): number =>
    level === 0 ? inChannels : level === depth ? (config.code ?? width * 2 ** (level - 1)) : width * 2 ** (level - 1);
  const levels = Array.from({ length: depth }, (_, i) => i + 1);
  const named = (name: string, make: (level: number) => ImageLayer): { [name: string]: ImageLayer } =>
    Object.fromEntries(levels.map((level) => [`${name}${level}`, make(level)]));
  const below = (level: number): number => (level === 1 ? width : channels(level - 1));
  const parts = {
    ...named('down', (level) => convUnit({ in: channels(level - 1), out: channels(level), dtype })),
    ...named('up', (level) => {
      if (up === 'switches') return convUnit({ in: channels(level), out: below(level), dtype });
      return convTransposeLayer({ in: channels(level), out: below(level), ...evenKernel(2), dtype }) as ImageLayer;
    }),
    head: convLayer({
      in: width,
      out: inChannels,
      kernel: 3,
      padding: 1,
      initialise: glorotNormal(),
      dtype,
    }) as ImageLayer,
  };
  const body = layer(parts, (l: { readonly [name: string]: (x: Image) => Image }) => {
    const call = (x: Image): Image => {
      checkSides(x, 2 ** depth);
      const switches: Tensor<Shape, 'i32'>[] = [];
      let y = x;
      for (const level of levels) {
        y = l[`down${level}`]!(y);
        if (up === 'transposed') y = maxPool2d(y, { kernel: 2 });
        else {
          const pooled = maxPoolWithIndices(y, { kernel: 2 });
          switches.push(pooled.indices);
          y = pooled.values as Image;
        }
      }
      for (const level of levels.toReversed()) {
        const at = switches.pop();
        y = l[`up${level}`]!(at === undefined ? y : (maxUnpool2d(y, at, { kernel: 2 }) as Image));
        if (up === 'transposed') y = relu(y) as Image;
      }
      return l.head!(y);
    };
    return typed<Autoencoder<O>>(call);
  });
  return net('autoencoder', config, body, 2 ** depth);
}

/** A part whose sizes are known at run time only. */
type ImageLayer = Layer<(x: Image) => Image>;

function checkSides(x: Image, multiple: number): void {
  if (x.shape.slice(2).every((side) => side % multiple === 0)) return;
  fail(
    'autoencoder/size',
    `x is [${x.shape}]; sides are halved to a ${multiple}th and doubled again`,
    `pad or crop images to multiples of ${multiple}, or make depth smaller.`,
  );
}
