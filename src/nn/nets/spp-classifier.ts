import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { typed } from '../../ops/typed.ts';
import type { ConvShape } from '../../ops/types/conv-shape.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import { convUnit } from '../blocks/conv-unit.ts';
import { sppLayer } from '../blocks/spp-layer.ts';
import { glorotNormal } from '../initialisers/glorot.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import { linearLayer } from '../layers/linear-layer.ts';
import type { DTypeOf, Known } from '../layers/option.ts';
import { count, counts, dataEntries, netOptions } from './net-options.ts';

/** What a classifier with spatial pyramid pooling is made of; plain JSON. */
export interface SppClassifierOptions {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of the first convolution, doubled by each that halves the image; default 8. */
  readonly width?: number;
  /** How often the images are halved; default 2. */
  readonly depth?: number;
  /** Cells per side of each grid; default [1, 2, 3, 6]. */
  readonly levels?: readonly number[];
  /** What is taken of a cell: its maximum (the default) or its mean. */
  readonly kind?: 'max' | 'avg';
  /** Normalisation before each ReLU; default `none`. */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  ...dataEntries,
  width: v.optional(count, 8),
  depth: v.optional(count, 2),
  levels: v.optional(counts, [1, 2, 3, 6]),
  kind: v.optional(v.picklist(['max', 'avg']), 'max'),
});

type Result<O extends SppClassifierOptions, X extends Shape> =
  ConvShape<2, X, readonly [O['classes'], O['inChannels'], 1, 1]> extends infer Y
    ? Y extends readonly [infer N extends number, infer C extends number, ...Shape]
      ? [N, C]
      : Y
    : never;

/** What it does: images [N, inChannels, H, W] of any size → scores [N, classes]. */
export type SppClassifier<O extends SppClassifierOptions> = <X extends Shape>(
  x: Tensor<X, DTypeOf<O>> & Fits<Result<O, X>>,
) => Tensor<Sized<Result<O, X>>, DTypeOf<O>>;

/**
 * Classifies images of any size (He et al. 2014; operators.md 18): 3×3 convolutions with ReLU, of which `depth` halve the
 * image, a spatial pyramid of 1, 4, 9 and 36 cells, whatever is left of the image, and a linear layer from those 50 numbers
 * per channel to scores, before any softmax.
 *
 * Parts are `stages.0` … `stages.depth` and `classify`.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for images of other channels.
 */
export function sppClassifier<const O extends SppClassifierOptions>(
  options: Known<O, SppClassifierOptions>,
): Layer<SppClassifier<O>> {
  const { inChannels, classes, width, depth, levels, kind, norm, dtype } = netOptions('sppClassifier', schema, options);
  const channels = (stage: number): number => (stage < 0 ? inChannels : width * 2 ** stage);
  const stages = Array.from({ length: depth + 1 }, (_, k) =>
    convUnit({ in: channels(k - 1), out: channels(k), stride: k === 0 ? 1 : 2, norm, dtype }),
  );
  const cells = levels.reduce((sum, level) => sum + level ** 2, 0);
  const pyramid = sppLayer({ levels, kind }) as Layer<(x: Image) => Image>;
  const classify = linearLayer({ in: cells * channels(depth), out: classes, initialise: glorotNormal(), dtype });
  return layer({ stages, pyramid, classify }, ({ stages, pyramid, classify }) => {
    const call = (x: Image): Tensor => classify(pyramid(stages.reduce((y, stage) => stage(y), x)));
    return typed<SppClassifier<O>>(call);
  });
}
