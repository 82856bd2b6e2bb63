import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { relu } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { deformableBlock } from '../blocks/deformable-block.ts';
import type { Kept } from '../blocks/kept.ts';
import { normalisation } from '../blocks/normalisation.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known } from '../layers/option.ts';
import { net, type TypedNet } from '../net.ts';
import { doubleConv } from './double-conv.ts';
import { count, dataEntries, netOptions } from './net-options.ts';
import { type ImageLayer, unetBody } from './unet-body.ts';

/** What a deformable U-Net is made of; plain JSON. */
export interface DeformableUNetOptions {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of the first stage, doubled from level to level; default 12. */
  readonly width?: number;
  /** How often the images are halved; default 3. */
  readonly depth?: number;
  /** How many levels are deformable, counted from the deepest; default 1, the bottleneck. */
  readonly deformable?: number;
  /** Whether taps are only moved (1; Dai et al. 2017), or also weighed (2, the default; Zhu et al. 2019). */
  readonly version?: 1 | 2;
  /** How fast offsets and weights of taps learn, as a factor of the learning rate; default 0.1. */
  readonly offsetLearningRate?: number;
  /** Normalisation before each ReLU; default `none`. */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  ...dataEntries,
  width: v.optional(count, 12),
  depth: v.optional(v.pipe(count, v.maxValue(16)), 3),
  deformable: v.optional(count, 1),
  version: v.optional(v.picklist([1, 2]), 2),
  offsetLearningRate: v.optional(v.pipe(v.number(), v.finite(), v.minValue(0)), 0.1),
});

/** What it does: images [N, inChannels, H, W] of any size → scores [N, classes, H, W]. */
export type DeformableUNet<O extends DeformableUNetOptions> = Kept<O, O['inChannels'], O['classes']>;

/**
 * A {@link unet} whose deepest stages bend: their two 3×3 convolutions are deformable (operators.md 68, 69 and 70), so that
 * each element chooses where it looks. Offsets start at zero, so it starts as the plain net, and learn slower. Where halving loses a
 * pixel, what comes up is filled up with zeros: images may have any size from 2^depth.
 *
 * Parts are those of `unet`; a deformable convolution has `w`, `b`, `offset.…` and, in version 2, `mask.…`.
 *
 * @throws CotangentError `net/options`; when applied `unet/images` for anything but images of `inChannels` channels.
 */
export function deformableUnet<const O extends DeformableUNetOptions>(
  options: Known<O, DeformableUNetOptions>,
): TypedNet<DeformableUNet<O>> {
  const config = netOptions('deformableUnet', schema, options);
  const { depth, deformable, norm, dtype } = config;
  const { version, offsetLearningRate, deformable: _, ...plain } = config;
  const stage = (from: number, out: number, level: number): ImageLayer =>
    level > depth + 1 - deformable ? deformableStage(from, out, config) : doubleConv({ in: from, out, norm, dtype });
  const body = unetBody({ ...plain, skip: 'concat', up: 'transposed', fit: 'pad' }, stage);
  return net('deformable-unet', config, { ...body, bind: (values) => typed<DeformableUNet<O>>(body.bind(values)) });
}

/** The stage of U-Nets with deformable convolutions: parameters `conv1`, `norm1`, `conv2`, `norm2`. */
function deformableStage(from: number, out: number, options: Required<DeformableUNetOptions>): ImageLayer {
  const { version, offsetLearningRate, norm, dtype } = options;
  const modulated = version === 2;
  const conv = (channels: number): Layer<(x: Image) => Image> =>
    deformableBlock({
      in: channels,
      out,
      kernel: 3,
      padding: 1,
      modulated,
      offsetLearningRate,
      dtype,
    }) as Layer as ImageLayer;
  const normalise = normalisation(norm, out, dtype);
  return layer({ conv1: conv(from), norm1: normalise, conv2: conv(out), norm2: normalise }, (l) => (x) => {
    const first = l.conv1(x);
    const second = l.conv2(relu(l.norm1?.(first) ?? first) as Image);
    return relu(l.norm2?.(second) ?? second) as Image;
  });
}
