import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { add, slice } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { convUnit } from '../blocks/conv-unit.ts';
import type { Kept } from '../blocks/kept.ts';
import { bilinear } from '../initialisers/bilinear.ts';
import { glorotNormal } from '../initialisers/glorot.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import { convTransposeLayer } from '../layers/conv-transpose-layer.ts';
import { evenKernel } from '../layers/even-kernel.ts';
import type { Image } from '../layers/image.ts';
import type { Known } from '../layers/option.ts';
import { net, type TypedNet } from '../net.ts';
import { halvingStage } from './halving-stage.ts';
import { count, dataEntries, netOptions } from './net-options.ts';

/** What a fully convolutional net is made of; plain JSON. */
export interface FcnOptions {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of the five stages are 1, 2, 4, 8 and 8 times this; default 16. */
  readonly width?: number;
  /** 3×3 convolutions of each stage; default 1. */
  readonly depth?: number;
  /** The finest scores: those of stride 32 alone, or fused with those of 16, or of 16 and 8 (default). */
  readonly stride?: 8 | 16 | 32;
  /** How stages halve: by max pooling (default), or by a convolution of stride 2. */
  readonly down?: 'pool' | 'conv';
  /**
   * How many maps scores have before they are of pixels: one per class, as in the paper (`classes`), or width · stride / 4
   * (`wide`, default). In images 500 pixels wide a cell of 32 is small; where it is a third of the image, more maps let
   * the learned upsampling draw inside of cells.
   */
  readonly maps?: 'wide' | 'classes';
  /** Normalisation before each ReLU; default `none`. */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  ...dataEntries,
  width: v.optional(count, 16),
  depth: v.optional(count, 1),
  stride: v.optional(v.picklist([8, 16, 32]), 8),
  down: v.optional(v.picklist(['pool', 'conv']), 'pool'),
  maps: v.optional(v.picklist(['wide', 'classes']), 'wide'),
});

/** What it does: images [N, inChannels, H, W] of any size → scores [N, classes, H, W]. */
export type Fcn<O extends FcnOptions> = Kept<O, O['inChannels'], O['classes']>;

const strides = [32, 16, 8, 4, 2] as const;

/** A part whose sizes are known at run time only. */
type ImageLayer = Layer<(x: Image) => Image>;

/**
 * A fully convolutional net (Long, Shelhamer and Darrell 2015; operators.md 75): five stages that halve the image, rounding
 * up, a 1×1 convolution with ReLU in place of the classifier's dense layers, 1×1 convolutions to scores at strides 32, 16
 * and 8, enlarged by transposed convolutions that start as linear interpolation, cut to the size of what they meet and
 * added to it. With `down: 'conv'` there is no pooling anywhere, as the notes have it (seed note 33; Springenberg et al.
 * 2015).
 *
 * The paper enlarges the finest scores to pixels at once, with a kernel twice as wide as the stride. Here that is a product
 * of doublings with 4×4 kernels, without anything between them: as linear, with a hundredth of the weights, so that it can
 * be learned from a few hundred small images.
 *
 * Parts are `stages.0` … `stages.4`, `dense`, `score32` and where fused `score16`, `score8`, `expand32`,
 * `expand16`, … `expand2`.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for images of other channels.
 */
export function fcn<const O extends FcnOptions>(options: Known<O, FcnOptions>): TypedNet<Fcn<O>> {
  const config = netOptions('fcn', schema, options);
  const { inChannels, classes, width, depth, stride, down, maps, norm, dtype } = config;
  const channels = [inChannels, ...[1, 2, 4, 8, 8].map((times) => times * width)];
  const deep = channels[5]!;
  const mapsOf = (s: number): number => {
    if (s === 1 || maps === 'classes') return classes;
    return Math.max(classes, Math.ceil((width * s) / 4));
  };
  const score = (s: number): ImageLayer => {
    const from = s === 32 ? deep : channels[Math.log2(s)]!;
    return convLayer({ in: from, out: mapsOf(s), kernel: 1, initialise: glorotNormal(), dtype }) as ImageLayer;
  };
  const expand = (s: number): ImageLayer => {
    const to = { out: mapsOf(s / 2), ...evenKernel(2), bias: false, initialise: bilinear, dtype };
    return convTransposeLayer({ in: mapsOf(s), ...to }) as ImageLayer;
  };
  const parts = {
    stages: channels
      .slice(1)
      .map((out, k) => halvingStage({ in: channels[k]!, out, convolutions: depth, down, norm, dtype })),
    dense: convUnit({ in: deep, out: deep, kernel: 1, dtype }),
    ...Object.fromEntries(strides.filter((s) => s >= stride).map((s) => [`score${s}`, score(s)])),
    ...Object.fromEntries(strides.map((s) => [`expand${s}`, expand(s)])),
  };
  const body = layer(parts, ({ stages, dense, ...l }) => {
    const heads = l as { readonly [name: string]: (x: Image) => Image };
    const call = (x: Image): Image => {
      const levels = [x];
      for (const stage of stages) levels.push(stage(levels.at(-1)!));
      let y = heads.score32!(dense(levels[5]!));
      for (const s of strides) {
        const finer = levels[Math.log2(s) - 1]!;
        y = cut(heads[`expand${s}`]!(y), finer);
        const scores = heads[`score${s / 2}`]?.(finer);
        if (scores !== undefined) y = add(y, scores);
      }
      return y;
    };
    return typed<Fcn<O>>(call);
  });
  return net('fcn', config, body);
}

/** Halving rounds up, so what is enlarged may exceed what it came from: by its last rows and columns. */
function cut(y: Image, like: Image): Image {
  const [n = 0, c = 0] = y.shape;
  const [, , height = 0, width = 0] = like.shape;
  if (y.shape[2] === height && y.shape[3] === width) return y;
  return slice(y, { starts: [0, 0, 0, 0], limits: [n, c, height, width] });
}
