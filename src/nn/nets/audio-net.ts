import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { add, relu } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { ConvShape } from '../../ops/types/conv-shape.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import { causalDilated } from '../blocks/causal-dilated.ts';
import { zeros } from '../initialisers/constant.ts';
import { glorotNormal } from '../initialisers/glorot.ts';
import type { Initialiser } from '../initialisers/initialiser.ts';
import { type Call, type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import type { DTypeOf, Known } from '../layers/option.ts';
import { net, type TypedNet } from '../net.ts';
import { count, counts, netOptions } from './net-options.ts';

/** What a net for sound is made of; plain JSON. */
export interface AudioNetOptions {
  /** Channels of the sound. */
  readonly inChannels: number;
  /** What is told of every sample: one number per source to separate, or a score per class. */
  readonly outputs: number;
  /** Features per sample; default 24. */
  readonly width?: number;
  /** Taps of the first convolution, which makes features of the sound itself; default 16. */
  readonly taps?: number;
  /** Dilations of every stack; default [1, 2, 4, 8, 16, 32, 64]. */
  readonly rates?: readonly number[];
  /** How many stacks there are; default 2. */
  readonly depth?: number;
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  inChannels: count,
  outputs: count,
  width: v.optional(count, 24),
  taps: v.optional(count, 16),
  rates: v.optional(counts, [1, 2, 4, 8, 16, 32, 64]),
  depth: v.optional(count, 2),
  dtype: v.optional(v.picklist(['f32', 'f64']), 'f32'),
});

const kernel = 2;

type Result<O extends AudioNetOptions, X extends Shape> = ConvShape<1, X, readonly [O['outputs'], O['inChannels'], 1]>;

/** What it does: [N, inChannels, T] → [N, outputs, T]. */
export type AudioCall<O extends AudioNetOptions> = <X extends Shape>(
  x: Tensor<X, DTypeOf<O>> & Fits<Result<O, X>>,
) => Tensor<Sized<Result<O, X>>, DTypeOf<O>>;

/**
 * A causal net for sound, after WaveNet (van den Oord et al. 2016): features of the last samples, then stacks of dilated convolutions
 * along time (`causalDilated`), each added to what it was given, and a linear map of every sample's features. A result
 * depends on the {@link audioReach} samples up to its own, and on none that follows: it can be had while the sound plays.
 *
 * Parts are `listen`, `stacks.0`, …, `tell`.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for sound of other channels.
 */
export function audioNet<const O extends AudioNetOptions>(options: Known<O, AudioNetOptions>): TypedNet<AudioCall<O>> {
  const { inChannels, outputs, width, taps, rates, depth, dtype } = netOptions('audioNet', schema, options);
  const along = (from: number, to: number, size: number, dilations: readonly number[]): Layer<(x: Image) => Image> =>
    causalDilated({ in: from, out: to, kernel: size, rates: dilations, dtype }) as Layer<(x: Image) => Image>;
  const parts = {
    listen: along(inChannels, width, taps, [1]),
    // Each stack starts by adding nothing, so that depth does not make the first results louder.
    stacks: Array.from({ length: depth }, () =>
      starting(along(width, width, kernel, rates), `stages.${rates.length - 1}.w`, zeros),
    ),
    tell: starting(along(width, outputs, 1, [1]), 'stages.0.w', glorotNormal()),
  };
  const body = layer(parts, ({ listen, stacks, tell }) => {
    const rectified = (x: Image): Image => relu(x) as Image;
    const call = (x: Image): Image =>
      tell(rectified(stacks.reduce((y, stack) => add(y, stack(rectified(y))) as Image, listen(x))));
    return typed<AudioCall<O>>(call);
  });
  return net('audio', options, body);
}

/** The same layer, one of its parameters with other first values. */
const starting = <C extends Call>(part: Layer<C>, name: string, initialise: Initialiser): Layer<C> => ({
  ...part,
  parameters: { ...part.parameters, [name]: { ...part.parameters[name]!, initialise } },
});

/**
 * How many samples a result of {@link audioNet} depends on, its own the last; divided by the samples per second, its memory.
 *
 * @throws CotangentError `net/options`.
 */
export function audioReach(options: AudioNetOptions): number {
  const { taps, rates, depth } = netOptions('audioNet', schema, options);
  return taps + depth * (kernel - 1) * rates.reduce((sum, rate) => sum + rate, 0);
}
