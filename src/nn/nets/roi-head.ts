import * as v from 'valibot';
import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { relu, reshape, roiAlign, roiPool } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { Fits } from '../../ops/types/fits.ts';
import type { RegionShape } from '../../ops/types/region-shape.ts';
import { zeros } from '../initialisers/constant.ts';
import { glorotNormal } from '../initialisers/glorot.ts';
import { type Layer, layer } from '../layer.ts';
import type { Image } from '../layers/image.ts';
import { linearLayer } from '../layers/linear-layer.ts';
import type { DTypeOf, Known } from '../layers/option.ts';
import { count, netOptions } from './net-options.ts';

/** What a head for regions is made of; plain JSON. */
export interface RoiHeadOptions {
  /** Channels of the feature maps. */
  readonly in: number;
  readonly classes: number;
  /** Elements of the feature maps per unit of the boxes: 1/4 for features at a quarter of the image's size. Default 1. */
  readonly scale?: number;
  /** Bins per side; default 7. */
  readonly bins?: number;
  /**
   * How a bin is read: by linear samples at half-pixel centres, with a gradient to the boxes (`align`, the default), or as
   * the maximum of whole elements (`pool`).
   */
  readonly pooling?: 'align' | 'pool';
  /** Samples per bin and axis of `align`; default 2. */
  readonly samples?: number;
  /** Features of the layer between regions and results; default 64. */
  readonly hidden?: number;
  readonly dtype?: FloatDType;
}

const schema = v.strictObject({
  in: count,
  classes: count,
  scale: v.optional(v.pipe(v.number(), v.finite(), v.gtValue(0)), 1),
  bins: v.optional(count, 7),
  pooling: v.optional(v.picklist(['align', 'pool']), 'align'),
  samples: v.optional(count, 2),
  hidden: v.optional(count, 64),
  dtype: v.optional(v.picklist(['f32', 'f64']), 'f32'),
});

/** What a head says of every box. */
export interface Regions<K extends number, Classes extends number, D extends FloatDType> {
  /** [K, classes], before any softmax. */
  readonly scores: Tensor<[K, Classes], D>;
  /** [K, 4]: how the box should move, (dx, dy, dw, dh) as `shiftBoxes` reads them. */
  readonly shifts: Tensor<[K, 4], D>;
}

/** What it does: feature maps [N, in, H, W] and boxes [K, 5], each (image, x1, y1, x2, y2) → scores and shifts of boxes. */
export type RoiHead<O extends RoiHeadOptions> = <X extends Shape, B extends Shape>(
  x: Tensor<X, DTypeOf<O>>,
  boxes: Tensor<B, DTypeOf<O>> & Fits<RegionShape<X, B, 1>>,
) => Regions<B[0] & number, O['classes'], DTypeOf<O>>;

/**
 * Classifies regions of feature maps and corrects their boxes (Girshick 2015, with the sampling of He et al. 2017;
 * operators.md 16 and 17): each box is read as `bins` × `bins` numbers per channel, a linear layer with ReLU follows, and two
 * linear layers side by side. Shifts start at zero: boxes stay until there is reason to move them.
 *
 * Parts are `hidden`, `score` and `shift`.
 *
 * @throws CotangentError `net/options`; when applied `region/image` and `region/boxes`, and at run time `value/range`
 * for a box in no image.
 */
export function roiHead<const O extends RoiHeadOptions>(options: Known<O, RoiHeadOptions>): Layer<RoiHead<O>> {
  const { in: channels, classes, scale, bins, pooling, samples, ...rest } = netOptions('roiHead', schema, options);
  const { hidden: features, dtype } = rest;
  const inner = channels * bins ** 2;
  const parts = {
    hidden: linearLayer({ in: inner, out: features, dtype }),
    score: linearLayer({ in: features, out: classes, initialise: glorotNormal(), dtype }),
    shift: linearLayer({ in: features, out: 4, initialise: zeros, dtype }),
  };
  return layer(parts, ({ hidden, score, shift }) => {
    const read = (x: Image, boxes: Image): Image =>
      pooling === 'pool'
        ? roiPool(x, boxes, { outputSize: bins, spatialScale: scale })
        : roiAlign(x, boxes, { outputSize: bins, spatialScale: scale, samplingRatio: samples, aligned: true });
    const call = (x: Image, boxes: Image): { readonly scores: Tensor; readonly shifts: Tensor } => {
      const flat = reshape(read(x, boxes), [boxes.shape[0]!, inner]) as Image;
      const seen = relu(hidden(flat)) as Image;
      return { scores: score(seen), shifts: shift(seen) };
    };
    return typed<RoiHead<O>>(call);
  });
}
