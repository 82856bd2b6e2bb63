import type { FloatDType } from '../../graph/dtype.ts';
import { CotangentError } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { conv2d, depthwiseConv2d, relu, separableConv2d } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { zeros } from '../initialisers/constant.ts';
import { convFan } from '../initialisers/fan.ts';
import { heNormal } from '../initialisers/he.ts';
import { type Layer, layer, parameter } from '../layer.ts';
import type { Conv, ConvLayerOptions } from '../layers/conv-layer.ts';
import type { Image } from '../layers/image.ts';
import { type Known, pairOf } from '../layers/option.ts';
import { type BlockNorm, normalisation } from './normalisation.ts';

export interface DepthwiseSeparableOptions extends Omit<ConvLayerOptions, 'groups'> {
  readonly groups?: never;
  /** Channels that each one is spread to in between; default 1. */
  readonly multiplier?: number;
  /** Normalisation after the depthwise part; default `'none'`. */
  readonly norm?: BlockNorm;
  /** What stands between the parts: nothing (default), or ReLU as in MobileNets. */
  readonly between?: 'none' | 'relu';
  /** Whether both kernels are multiplied into one first; needs nothing in between. Default false. */
  readonly fused?: boolean;
}

/** What it does: what a convolution of the same options does to sizes. */
export type DepthwiseSeparable<O extends DepthwiseSeparableOptions> = Conv<O>;

/**
 * A convolution channel by channel and a 1×1 one across them (operators.md 20): parameters `depthwise`
 * [in · multiplier, 1, kh, kw], `pointwise` [out, in · multiplier, 1, 1], `b` [out], and `norm`.
 *
 * @throws CotangentError `block/fused` where something stands between what is to be fused.
 */
export function depthwiseSeparable<const O extends DepthwiseSeparableOptions>(
  options: Known<O, DepthwiseSeparableOptions>,
): Layer<DepthwiseSeparable<O>> {
  const { in: from, out, stride = 1, padding = 0, dilation = 1, multiplier = 1 }: DepthwiseSeparableOptions = options;
  const {
    norm = 'none',
    between = 'none',
    fused = false,
    bias = true,
    dtype = 'f32',
  }: DepthwiseSeparableOptions = options;
  const { initialise = heNormal() }: DepthwiseSeparableOptions = options;
  if (fused && (norm !== 'none' || between !== 'none'))
    throw new CotangentError({
      code: 'block/fused',
      summary: `depthwiseSeparable: fused, with norm '${norm}' and '${between}' in between`,
      fix: "leave fused out, or choose norm: 'none' and between: 'none'.",
    });
  const kernel = pairOf(options.kernel);
  const inner = from * multiplier;
  const type = (...shape: Shape): Type<Shape, FloatDType> => ({ dtype, shape });
  const fans = [
    convFan({ in: from, out: inner, kernel, stride: pairOf(stride), groups: from }),
    convFan({ in: inner, out, kernel: [1, 1], stride: [1, 1], groups: 1 }),
  ] as const;
  const parts = {
    depthwise: parameter(type(inner, 1, ...kernel), initialise, fans[0]),
    pointwise: parameter(type(out, inner, 1, 1), initialise, fans[1]),
    b: bias ? parameter(type(out), zeros) : undefined,
    norm: normalisation(norm, inner, dtype),
  };
  return layer(parts, ({ depthwise, pointwise, b, norm }) => {
    const after = b === undefined ? {} : { bias: b };
    const call = (x: Image): Tensor => {
      const walk = { stride, padding, dilation };
      if (norm === undefined && between === 'none')
        return separableConv2d(x, depthwise as Image, pointwise as Image, { ...walk, ...after, fused });
      const apart = depthwiseConv2d(x, depthwise as Image, walk) as Image;
      const even = norm?.(apart) ?? apart;
      return conv2d(between === 'relu' ? (relu(even) as Image) : even, pointwise as Image, after);
    };
    return typed<DepthwiseSeparable<O>>(call);
  });
}
