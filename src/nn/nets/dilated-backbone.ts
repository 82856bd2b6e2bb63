import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { convUnit } from '../blocks/conv-unit.ts';
import { dilatedResidual } from '../blocks/dilated-residual.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import { count } from './net-options.ts';

/** How many times smaller than the image a backbone's deep features are. */
export type OutputStride = 2 | 4 | 8 | 16;

/** What nets with such a backbone are told of it, as entries of a schema: `depth` is how many dilated blocks it has. */
export const backboneEntries: {
  readonly depth: v.GenericSchema<unknown, number>;
  readonly outputStride: v.GenericSchema<unknown, OutputStride>;
} = {
  depth: v.optional(v.pipe(count, v.maxValue(8)), 2),
  outputStride: v.optional(v.picklist([2, 4, 8, 16]), 4),
};

interface DilatedBackboneOptions {
  readonly inChannels: number;
  /** Channels at the images' size, doubled by each halving. */
  readonly width: number;
  readonly outputStride: OutputStride;
  /** Dilation of the residual blocks that follow the stem, one each. */
  readonly dilations: readonly number[];
  readonly norm: 'none' | 'group';
  readonly dtype: FloatDType;
}

/** What a backbone makes of images: features [N, width, H, W], and deep ones [N, width · stride, ⌈H / stride⌉, ⌈W / stride⌉]. */
interface Features {
  readonly first: Image;
  readonly deep: Image;
}

/**
 * A stem of 3×3 convolutions, the first at the images' size and each further one of stride 2 with twice the channels, and
 * residual blocks that widen their view by dilation where others go on halving (Yu, Koltun and Funkhouser 2017): parameters
 * `stem.0`, … and `blocks.0`, ….
 */
export function dilatedBackbone(options: DilatedBackboneOptions): Layer<(x: Image) => Features> {
  const { inChannels, width, outputStride, dilations, norm, dtype } = options;
  const channels = (stage: number): number => (stage < 0 ? inChannels : width * 2 ** stage);
  const stem = Array.from({ length: Math.log2(outputStride) + 1 }, (_, k) =>
    convUnit({ in: channels(k - 1), out: channels(k), stride: k === 0 ? 1 : 2, norm, dtype }),
  );
  const out = width * outputStride;
  const blocks = dilations.map((dilation): Layer<(x: Image) => Image> => {
    return dilatedResidual({ in: out, out, dilation, norm, activate: true, dtype });
  });
  return layer({ stem, blocks }, ({ stem, blocks }) => (x) => {
    const first = stem[0]!(x);
    const small = stem.slice(1).reduce((y, stage) => stage(y), first);
    return { first, deep: blocks.reduce((y, block) => block(y), small) };
  });
}

/** Dilations that double from block to block: 1, 2, 4, …. */
export const doubled = (depth: number): readonly number[] => Array.from({ length: depth }, (_, k) => 2 ** k);
