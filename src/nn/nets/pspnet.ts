import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { typed } from '../../ops/typed.ts';
import { convUnit } from '../blocks/conv-unit.ts';
import type { Kept } from '../blocks/kept.ts';
import { psp } from '../blocks/psp.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known } from '../layers/option.ts';
import { net, type TypedNet } from '../net.ts';
import { backboneEntries, dilatedBackbone, doubled, type OutputStride } from './dilated-backbone.ts';
import { count, counts, dataEntries, netOptions } from './net-options.ts';
import { scoreHead } from './score-head.ts';

/** What a PSPNet is made of; plain JSON. */
export interface PspNetOptions {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of the first convolution, doubled by each that halves the image; default 12. */
  readonly width?: number;
  /** Residual blocks after the stem, of dilation 1, 2, 4, …; default 2. */
  readonly depth?: number;
  /** How many times smaller than the image the deep features are; default 4. */
  readonly outputStride?: OutputStride;
  /** Cells per side of each grid of means; default [1, 2, 3, 6]. A grid may be finer than the features. */
  readonly bins?: readonly number[];
  /** Normalisation before each ReLU; default `none`. */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  ...dataEntries,
  ...backboneEntries,
  width: v.optional(count, 12),
  bins: v.optional(counts, [1, 2, 3, 6]),
});

/** What it does: images [N, inChannels, H, W] of any size → scores [N, classes, H, W]. */
export type PspNet<O extends PspNetOptions> = Kept<O, O['inChannels'], O['classes']>;

/**
 * A net after PSPNet (Zhao et al. 2017; operators.md 19): a stem that halves the image twice, residual blocks that are dilated
 * in place of halving on, their means over grids of 1, 4, 9 and 36 cells joined on (`psp`), a 3×3 convolution with ReLU, and
 * scores enlarged linearly to the image's size.
 *
 * Parts are `backbone.stem.0` …, `backbone.blocks.0` …, `pyramid`, `mix` and `score.head`.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for images of other channels.
 */
export function pspnet<const O extends PspNetOptions>(options: Known<O, PspNetOptions>): TypedNet<PspNet<O>> {
  const config = netOptions('pspnet', schema, options);
  const { classes, width, depth, outputStride, bins, norm, dtype } = config;
  const deep = width * outputStride;
  const reduce = Math.max(1, Math.floor(deep / bins.length));
  // Without a norm: at one cell, a group of one channel would have nothing but that number to go by, and be 0.
  const pyramid = psp({ in: deep, bins, reduce, dtype });
  const parts = {
    backbone: dilatedBackbone({ ...config, dilations: doubled(depth) }),
    pyramid: pyramid as Layer as Layer<(x: Image) => Image>,
    mix: convUnit({ in: deep + bins.length * reduce, out: deep, norm, dtype }),
    score: scoreHead({ in: deep, low: 0, classes, norm, dtype }),
  };
  const body = layer(parts, ({ backbone, pyramid, mix, score }) => {
    const call = (x: Image): Image => {
      const { first, deep } = backbone(x);
      return score(mix(pyramid(deep)), first);
    };
    return typed<PspNet<O>>(call);
  });
  return net('pspnet', config, body);
}
