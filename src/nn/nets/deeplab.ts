import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { typed } from '../../ops/typed.ts';
import { aspp } from '../blocks/aspp.ts';
import type { Kept } from '../blocks/kept.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known } from '../layers/option.ts';
import { net, type TypedNet } from '../net.ts';
import { backboneEntries, dilatedBackbone, doubled, type OutputStride } from './dilated-backbone.ts';
import { count, counts, dataEntries, netOptions } from './net-options.ts';
import { scoreHead } from './score-head.ts';

/** What a DeepLab is made of; plain JSON. */
export interface DeepLabOptions {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of the first convolution, doubled by each that halves the image; default 8. */
  readonly width?: number;
  /** Residual blocks after the stem, of dilation 1, 2, 4, …; default 2. */
  readonly depth?: number;
  /** How many times smaller than the image the deep features are; default 4. */
  readonly outputStride?: OutputStride;
  /** DeepLabv3's pyramid, with a 1×1 branch and a projection (`deeplab`, default); or that of the notes, all branches 3×3 (`seed`). */
  readonly preset?: 'deeplab' | 'seed';
  /** Dilations of the pyramid, in elements of the deep features; default [1, 2, 4, 8]: the paper's 6, 12, 18 exceed small images. */
  readonly rates?: readonly number[];
  /** What joins the enlarged pyramid before scoring: the first features of the stem (`low`, default; DeepLabv3+), or nothing. */
  readonly skip?: 'low' | 'none';
  /** Normalisation before each ReLU; default `none`. */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  ...dataEntries,
  ...backboneEntries,
  width: v.optional(count, 8),
  preset: v.optional(v.picklist(['deeplab', 'seed']), 'deeplab'),
  rates: v.optional(counts, [1, 2, 4, 8]),
  skip: v.optional(v.picklist(['low', 'none']), 'low'),
});

/** What it does: images [N, inChannels, H, W] of any size → scores [N, classes, H, W]. */
export type DeepLab<O extends DeepLabOptions> = Kept<O, O['inChannels'], O['classes']>;

/**
 * A net after DeepLab (Chen et al. 2017 and 2018; operators.md 56): a stem that halves the image twice, residual blocks that
 * are dilated in place of halving on, dilated convolutions of several rates and the mean of the image side by side (ASPP),
 * enlarged linearly to the image's size and joined there with the first features of the stem.
 *
 * Parts are `backbone.stem.0` …, `backbone.blocks.0` …, `pyramid`, `score.join` and `score.head`.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for images of other channels.
 */
export function deeplab<const O extends DeepLabOptions>(options: Known<O, DeepLabOptions>): TypedNet<DeepLab<O>> {
  const config = netOptions('deeplab', schema, options);
  const { classes, width, depth, outputStride, preset, rates, skip, norm, dtype } = config;
  const deep = width * outputStride;
  const out = deep / 2;
  const pyramid = aspp({ in: deep, out, preset, rates, norm, dtype });
  const parts = {
    backbone: dilatedBackbone({ ...config, dilations: doubled(depth) }),
    pyramid: pyramid as Layer as Layer<(x: Image) => Image>,
    score: scoreHead({
      in: preset === 'deeplab' ? out : out * (rates.length + 1),
      low: skip === 'low' ? width : 0,
      classes,
      norm,
      dtype,
    }),
  };
  const body = layer(parts, ({ backbone, pyramid, score }) => {
    const call = (x: Image): Image => {
      const { first, deep } = backbone(x);
      return score(pyramid(deep), first);
    };
    return typed<DeepLab<O>>(call);
  });
  return net('deeplab', config, body);
}
