import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { maxPoolWithIndices, maxUnpool2d } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Kept } from '../blocks/kept.ts';
import { glorotNormal } from '../initialisers/glorot.ts';
import { type Layer, layer } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known } from '../layers/option.ts';
import { net, type TypedNet } from '../net.ts';
import { doubleConv } from './double-conv.ts';
import { count, dataEntries, netOptions } from './net-options.ts';

/** What a SegNet is made of; plain JSON. */
export interface SegNetOptions {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of the first stage, doubled from level to level; default 16. */
  readonly width?: number;
  /** How often the images are halved; default 3. */
  readonly depth?: number;
  /** Normalisation before each ReLU; default `none`. */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  ...dataEntries,
  width: v.optional(count, 16),
  depth: v.optional(v.pipe(count, v.maxValue(16)), 3),
});

/** What it does: images [N, inChannels, H, W] → scores [N, classes, H, W]. */
export type SegNet<O extends SegNetOptions> = Kept<O, O['inChannels'], O['classes']>;

/** A part whose sizes are known at run time only. */
type ImageLayer = Layer<(x: Image) => Image>;

/**
 * SegNet (Badrinarayanan, Kendall and Cipolla 2017; operators.md 77): stages of two 3×3 convolutions with ReLU, each followed
 * by 2×2 max pooling that remembers where its maxima stood, its switches; on the way up features go back to those places,
 * zeros between them, and a stage fills in. No features are carried across, only places. At last a 1×1 convolution. Sizes
 * halve rounding down, and unpooling gives back the size that was pooled, so any of at least 2^depth will do.
 *
 * Parts are `down1` …, `up1` …, `head`, level 1 being the largest.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for images of other channels and `pool/window` for
 * images smaller than 2^depth.
 */
export function segnet<const O extends SegNetOptions>(options: Known<O, SegNetOptions>): TypedNet<SegNet<O>> {
  const config = netOptions('segnet', schema, options);
  const { inChannels, classes, width, depth, norm, dtype } = config;
  const channels = (level: number): number => width * 2 ** Math.max(0, level - 1);
  const levels = Array.from({ length: depth }, (_, i) => i + 1);
  const stages = (name: string, from: (level: number) => number, to: (level: number) => number) =>
    Object.fromEntries(
      levels.map((level) => [`${name}${level}`, doubleConv({ in: from(level), out: to(level), norm, dtype })]),
    ) as { readonly [name: string]: ImageLayer };
  const parts = {
    ...stages('down', (level) => (level === 1 ? inChannels : channels(level - 1)), channels),
    ...stages('up', channels, (level) => channels(level - 1)),
    head: convLayer({ in: width, out: classes, kernel: 1, initialise: glorotNormal(), dtype }) as ImageLayer,
  };
  const body = layer(parts, (l: { readonly [name: string]: (x: Image) => Image }) => {
    const call = (x: Image): Image => {
      const pooled: { readonly indices: ReturnType<typeof maxPoolWithIndices>['indices']; readonly size: Pair }[] = [];
      let y = x;
      for (const level of levels) {
        y = l[`down${level}`]!(y);
        const size = y.shape.slice(2) as readonly number[] as Pair;
        const { values, indices } = maxPoolWithIndices(y, { kernel: 2 });
        pooled.push({ indices, size });
        y = values as Image;
      }
      for (const level of levels.toReversed()) {
        const { indices, size } = pooled[level - 1]!;
        // Windows do not overlap, so no two values share a place and the plain sum is the cheapest rule.
        const sparse = maxUnpool2d(y, indices, { kernel: 2, outputSize: size, onDuplicate: 'sum' });
        y = l[`up${level}`]!(sparse as Image);
      }
      return l.head!(y);
    };
    return typed<SegNet<O>>(call);
  });
  return net('segnet', config, body);
}

type Pair = readonly [number, number];
