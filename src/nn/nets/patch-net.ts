import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { pad } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Kept } from '../blocks/kept.ts';
import { glorotNormal } from '../initialisers/glorot.ts';
import { type Layer, layer, type Values } from '../layer.ts';
import { convLayer } from '../layers/conv-layer.ts';
import type { Image } from '../layers/image.ts';
import type { Known } from '../layers/option.ts';
import { net, type Scores, type TypedNet } from '../net.ts';
import { count, dataEntries, netOptions } from './net-options.ts';
import { patchUnit } from './patch-unit.ts';

/** What a patch classifier is made of; plain JSON. */
export interface PatchNetOptions {
  readonly inChannels: number;
  readonly classes: number;
  /** Channels of each convolution; default 16. */
  readonly width?: number;
  /**
   * Its 3×3 convolutions, of dilation 1, 1, 2, 2, 4, 4, …; default 6, for patches of 29×29. Dilation is what becomes of
   * halving in a net that is to give a class to every pixel.
   */
  readonly depth?: number;
  /**
   * What a whole image is scored with: zeros around it once, so that every pixel is the middle of a patch (`once`, the
   * default: what a sliding window gives); zeros around each layer's input (`each`: every layer keeps the size); or
   * nothing (`none`: scores for the pixels whose patch lies inside, `window − 1` fewer along each axis).
   */
  readonly padding?: 'once' | 'each' | 'none';
  /**
   * Normalisation before each ReLU; default `none`. `group` normalises the channels of each position by themselves: the
   * statistics of a whole image are not to be had from a patch.
   */
  readonly norm?: 'none' | 'group';
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  ...dataEntries,
  width: v.optional(count, 16),
  depth: v.optional(v.pipe(count, v.maxValue(16)), 6),
  padding: v.optional(v.picklist(['once', 'each', 'none']), 'once'),
});

/** What it does: images [N, inChannels, H, W] → scores [N, classes, H, W], or fewer where nothing is padded. */
export type PatchCall<O extends PatchNetOptions> = O extends { readonly padding: 'none' }
  ? (x: Image) => Image
  : Kept<O, O['inChannels'], O['classes']>;

/** A patch classifier, and its fully convolutional twin: one net of one set of parameters. */
export interface PatchNet<O extends PatchNetOptions> extends TypedNet<PatchCall<O>> {
  /** Height and width of a patch, odd: what one pixel's scores depend on. */
  readonly window: number;
  /**
   * The patch classifier itself: patches [N, inChannels, window, window] → scores [N, classes, 1, 1] of their middles.
   *
   * @throws CotangentError `patch/window` for patches of another size.
   */
  scorePatches(patches: Tensor, parameters: Values): Scores;
}

/**
 * Classifies the middle pixel of a patch (Ciresan et al. 2012; operators.md 72): unpadded 3×3 convolutions with ReLU, of
 * stride 1 and without pooling, until one position is left, a 1×1 convolution of twice the channels, and one to scores.
 * Applied to a whole image the same parameters score every pixel at once (operators.md 73), which a sliding window would
 * do patch by patch, computing what patches share again and again.
 *
 * That each layer keeps the image's size *without* padding, as the notes have it, cannot be (seed note 32). `padding`
 * chooses between what can.
 *
 * Parts are `units.0` …, `dense`, `head`.
 *
 * @throws CotangentError `net/options`; when applied `conv/channels` for images of other channels.
 */
export function patchNet<const O extends PatchNetOptions>(options: Known<O, PatchNetOptions>): PatchNet<O> {
  const config = netOptions('patchNet', schema, options);
  const { inChannels, classes, width, depth, padding, norm, dtype } = config;
  const dilations = Array.from({ length: depth }, (_, k) => 2 ** Math.floor(k / 2));
  const radius = dilations.reduce((sum, dilation) => sum + dilation, 0);
  const window = 2 * radius + 1;
  const units = (padded: boolean): readonly Layer<(x: Image) => Image>[] =>
    dilations.map((dilation, k) =>
      patchUnit({ in: k === 0 ? inChannels : width, out: width, dilation, padded, norm, dtype }),
    );
  const whole = (padded: boolean): Layer<(x: Image) => Image> => {
    const parts = {
      units: units(padded),
      dense: patchUnit({ in: width, out: 2 * width, kernel: 1, norm, dtype }),
      head: convLayer({ in: 2 * width, out: classes, kernel: 1, initialise: glorotNormal(), dtype }),
    };
    return layer(
      parts,
      ({ units, dense, head }) =>
        (x) =>
          head(dense(units.reduce((y, unit) => unit(y), x))) as Image,
    );
  };
  const body = whole(padding === 'each');
  const surrounded: Layer<PatchCall<O>> = {
    parameters: body.parameters,
    bind: (values) => {
      const score = body.bind(values);
      const around = [
        [0, 0],
        [0, 0],
        [radius, radius],
        [radius, radius],
      ] as const;
      return typed<PatchCall<O>>((x: Image): Image => score(padding === 'once' ? (pad(x, around) as Image) : x));
    },
  };
  const patches = net<(x: Image) => Image>('patch', config, whole(false));
  const scorePatches = (x: Tensor, parameters: Values): Scores => {
    if (x.shape[2] !== window || x.shape[3] !== window)
      throw new CotangentError({
        code: 'patch/window',
        summary: `the patches are ${x.shape[2]}×${x.shape[3]}; this net classifies patches of ${window}×${window}`,
        fix: `cut patches of ${window}×${window}, or make a net of another depth.`,
      });
    return patches.apply(x, parameters);
  };
  return { ...net('patch', config, surrounded as never), window, scorePatches } as PatchNet<O>;
}
