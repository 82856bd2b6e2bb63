import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { typed } from '../../ops/typed.ts';
import type { Kept } from '../blocks/kept.ts';
import { layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known } from '../layers/option.ts';
import { net, type TypedNet } from '../net.ts';
import { backboneEntries, dilatedBackbone, type OutputStride } from './dilated-backbone.ts';
import { count, dataEntries, netOptions } from './net-options.ts';
import { scoreHead } from './score-head.ts';

/** What a dilated residual net is made of; plain JSON. */
export interface DrnOptions {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of the first convolution, doubled by each that halves the image; default 8. */
  readonly width?: number;
  /** Dilated residual blocks; default 3. */
  readonly depth?: number;
  /** How many times smaller than the image the residual blocks' features are; default 4. */
  readonly outputStride?: OutputStride;
  /**
   * Dilations of the blocks: 2, 4, 8, … as where strides were taken out of a ResNet (`doubled`, the default), which leaves
   * holes in what an element sees (gridding), or 1, 2, 5, 1, 2, 5, … (`hybrid`; Wang et al. 2018), which leaves none.
   */
  readonly rates?: 'doubled' | 'hybrid';
  /** Normalisation before each ReLU; default `none`. */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  ...dataEntries,
  ...backboneEntries,
  width: v.optional(count, 8),
  depth: v.optional(v.pipe(count, v.maxValue(8)), 3),
  rates: v.optional(v.picklist(['doubled', 'hybrid']), 'doubled'),
});

/** What it does: images [N, inChannels, H, W] of any size → scores [N, classes, H, W]. */
export type Drn<O extends DrnOptions> = Kept<O, O['inChannels'], O['classes']>;

/** The dilations of a dilated residual net's blocks; each dilates two convolutions. */
export const drnDilations = (depth: number, rates: 'doubled' | 'hybrid'): readonly number[] =>
  Array.from({ length: depth }, (_, k) => (rates === 'doubled' ? 2 ** (k + 1) : [1, 2, 5][k % 3]!));

/**
 * A dilated residual net (Yu, Koltun and Funkhouser 2017; operators.md 57 and 58): a stem that halves the image twice,
 * residual blocks ReLU(X + F(X, d)) that are dilated in place of halving on, and scores enlarged linearly to the image's size.
 *
 * Parts are `backbone.stem.0` …, `backbone.blocks.0` … and `score.head`.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for images of other channels.
 */
export function drn<const O extends DrnOptions>(options: Known<O, DrnOptions>): TypedNet<Drn<O>> {
  const config = netOptions('drn', schema, options);
  const { classes, width, depth, outputStride, rates, norm, dtype } = config;
  const parts = {
    backbone: dilatedBackbone({ ...config, dilations: drnDilations(depth, rates) }),
    score: scoreHead({ in: width * outputStride, low: 0, classes, norm, dtype }),
  };
  const body = layer(parts, ({ backbone, score }) => {
    const call = (x: Image): Image => {
      const { first, deep } = backbone(x);
      return score(deep, first);
    };
    return typed<Drn<O>>(call);
  });
  return net('drn', config, body);
}
