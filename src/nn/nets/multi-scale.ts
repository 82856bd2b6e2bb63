import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { typed } from '../../ops/typed.ts';
import type { Kept } from '../blocks/kept.ts';
import { multiScaleContext } from '../blocks/multi-scale-context.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known } from '../layers/option.ts';
import { net, type TypedNet } from '../net.ts';
import { backboneEntries, dilatedBackbone, doubled, type OutputStride } from './dilated-backbone.ts';
import { count, counts, dataEntries, netOptions } from './net-options.ts';
import { scoreHead } from './score-head.ts';

/** What a net with multi-scale context is made of; plain JSON. */
export interface MultiScaleOptions {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of the first convolution, doubled by each that halves the image; default 8. */
  readonly width?: number;
  /** Residual blocks after the stem, of dilation 1, 2, 4, …; default 1. */
  readonly depth?: number;
  /** How many times smaller than the image the deep features are; default 4. */
  readonly outputStride?: OutputStride;
  /** Dilations of the convolutions side by side; default [1, 2, 4, 8]. */
  readonly rates?: readonly number[];
  /** Normalisation before each ReLU; default `none`. */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  ...dataEntries,
  ...backboneEntries,
  width: v.optional(count, 8),
  depth: v.optional(v.pipe(count, v.maxValue(8)), 1),
  rates: v.optional(counts, [1, 2, 4, 8]),
});

/** What it does: images [N, inChannels, H, W] of any size → scores [N, classes, H, W]. */
export type MultiScale<O extends MultiScaleOptions> = Kept<O, O['inChannels'], O['classes']>;

/**
 * A net with multi-scale context (after Yu and Koltun 2016; operators.md 55): a front end that halves the image twice,
 * convolutions of dilation 1, 2, 4 and 8 side by side whose results are joined (the notes' form; the paper has them one after
 * the other), and scores enlarged linearly to the image's size.
 *
 * Parts are `front.stem.0` …, `front.blocks.0` …, `context` and `score.head`.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for images of other channels.
 */
export function multiScale<const O extends MultiScaleOptions>(
  options: Known<O, MultiScaleOptions>,
): TypedNet<MultiScale<O>> {
  const config = netOptions('multiScale', schema, options);
  const { classes, width, depth, outputStride, rates, norm, dtype } = config;
  const deep = width * outputStride;
  const out = deep / 2;
  const context = multiScaleContext({ in: deep, out, rates, norm, dtype });
  const parts = {
    front: dilatedBackbone({ ...config, dilations: doubled(depth) }),
    context: context as Layer as Layer<(x: Image) => Image>,
    score: scoreHead({ in: out * rates.length, low: 0, classes, norm, dtype }),
  };
  const body = layer(parts, ({ front, context, score }) => {
    const call = (x: Image): Image => {
      const { first, deep } = front(x);
      return score(context(deep), first);
    };
    return typed<MultiScale<O>>(call);
  });
  return net('multi-scale', config, body);
}
