import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { avgPool2d, relu } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { convUnit } from '../blocks/conv-unit.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { DTypeOf, Known } from '../layers/option.ts';
import { count, netOptions } from './net-options.ts';

/** What a net of features is made of; plain JSON. */
export interface StyleFeaturesOptions {
  readonly inChannels: number;
  /** Channels of the first stage, doubled by each that halves the image; default 16. */
  readonly width?: number;
  /** How many stages there are, of two convolutions each; default 3. */
  readonly depth?: number;
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  inChannels: count,
  width: v.optional(count, 16),
  depth: v.optional(count, 3),
  dtype: v.optional(v.picklist(['f32', 'f64']), 'f32'),
});

/** What it does: images [N, inChannels, H, W] → the features of every convolution before its ReLU, from the first to the last. */
export type StyleFeatures<O extends StyleFeaturesOptions> = (
  x: Tensor<Shape, DTypeOf<O>>,
) => readonly Tensor<Shape, DTypeOf<O>>[];

/**
 * Features of images from fine to coarse, for the transfer of style (Gatys, Ecker and Bethge 2016): stages of two 3×3
 * convolutions with ReLU, means of 2×2 between them, as there in place of maxima. Not a net for scores: its weights are
 * kept as they are, be they drawn at random, which keep the content of images nearly as well as learnt ones do (He, Wang and
 * Hopcroft 2016).
 *
 * Parts are `convs.0`, `convs.1`, …, two per stage.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for images of other channels.
 */
export function styleFeatures<const O extends StyleFeaturesOptions>(
  options: Known<O, StyleFeaturesOptions>,
): Layer<StyleFeatures<O>> {
  const { inChannels, width, depth, dtype } = netOptions('styleFeatures', schema, options);
  const channels = (k: number): number => (k < 0 ? inChannels : width * 2 ** Math.floor(k / 2));
  const convs = Array.from({ length: 2 * depth }, (_, k) =>
    convUnit({ in: channels(k - 1), out: channels(k), activate: false, dtype }),
  );
  return layer({ convs }, ({ convs }) => {
    const call = (x: Image): Image[] => {
      const features: Image[] = [];
      for (const [k, conv] of convs.entries()) {
        const before = k === 0 ? x : (relu(features[k - 1]!) as Image);
        features.push(conv(k > 0 && k % 2 === 0 ? (avgPool2d(before, { kernel: 2 }) as Image) : before));
      }
      return features;
    };
    return typed<StyleFeatures<O>>(call);
  });
}
