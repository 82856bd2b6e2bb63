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
   * Score maps per class at each stride; default 1, the paper's. Its images are 500 pixels wide, where a cell of 32 is
   * small; where a cell is a third of the image, more maps let the learned upsampling draw inside of cells.
   */
  readonly maps?: number;
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
  maps: v.optional(count, 1),
});

/** What it does: images [N, inChannels, H, W] of any size → scores [N, classes, H, W]. */
export type Fcn<O extends FcnOptions> = Kept<O, O['inChannels'], O['classes']>;

/** A part whose sizes are known at run time only. */
type ImageLayer = Layer<(x: Image) => Image>;

/**
 * A fully convolutional net (Long, Shelhamer and Darrell 2015; operators.md 75): five stages that halve the image, rounding
 * up, a 3×3 and a 1×1 convolution in place of the classifier's dense layers, 1×1 convolutions to scores at strides 32, 16
 * and 8, each enlarged to the next finer by a transposed convolution, cut to its size and added to it, and one transposed
 * convolution to pixels. Transposed convolutions have kernels of twice the stride and start as linear interpolation. With
 * `down: 'conv'` there is no pooling anywhere, as the notes have it (seed note 33; Springenberg et al. 2015).
 *
 * Parts are `stages.0` … `stages.4`, `dense.0`, `dense.1`, `score32`, `expand32`, and where fused `score16`, `expand16`,
 * `score8`, `expand8`.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for images of other channels.
 */
export function fcn<const O extends FcnOptions>(options: Known<O, FcnOptions>): TypedNet<Fcn<O>> {
  const config = netOptions('fcn', schema, options);
  const { inChannels, classes, width, depth, stride, down, maps, norm, dtype } = config;
  const channels = [inChannels, ...[1, 2, 4, 8, 8].map((times) => times * width)];
  const deep = channels[5]!;
  const strides = [32, 16, 8].filter((s) => s >= stride);
  const score = (s: number): ImageLayer => {
    const from = s === 32 ? deep : channels[Math.log2(s)]!;
    return convLayer({ in: from, out: maps * classes, kernel: 1, initialise: glorotNormal(), dtype }) as ImageLayer;
  };
  const expand = (s: number): ImageLayer => {
    const to =
      s === stride
        ? ({ out: classes, ...evenKernel(s), method: 'stamps' } as const)
        : { out: maps * classes, ...evenKernel(2) };
    return convTransposeLayer({ in: maps * classes, ...to, bias: false, initialise: bilinear, dtype }) as ImageLayer;
  };
  const parts = {
    stages: channels
      .slice(1)
      .map((out, k) => halvingStage({ in: channels[k]!, out, convolutions: depth, down, norm, dtype })),
    dense: [3, 1].map((kernel) => convUnit({ in: deep, out: deep, kernel, norm, dtype })),
    ...Object.fromEntries(
      strides.flatMap((s) => [[`score${s}`, score(s)] as const, [`expand${s}`, expand(s)] as const]),
    ),
  };
  const body = layer(parts, ({ stages, dense, ...l }) => {
    const heads = l as { readonly [name: string]: (x: Image) => Image };
    const call = (x: Image): Image => {
      const levels = [x];
      for (const stage of stages) levels.push(stage(levels.at(-1)!));
      let y = heads.score32!(dense.reduce((z, unit) => unit(z), levels[5]!));
      for (const s of strides) {
        const finer = s === stride ? undefined : heads[`score${s / 2}`]!(levels[Math.log2(s) - 1]!);
        const large = cut(heads[`expand${s}`]!(y), finer ?? x);
        y = finer === undefined ? large : add(large, finer);
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
