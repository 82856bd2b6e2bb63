import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { deformConv2d, mul, sigmoid } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import { zeros } from '../initialisers/constant.ts';
import { convFan } from '../initialisers/fan.ts';
import { heNormal } from '../initialisers/he.ts';
import { type Layer, layer, parameter, slower } from '../layer.ts';
import { type Conv, type ConvLayerOptions, convLayer } from '../layers/conv-layer.ts';
import { evenly } from '../layers/evenly.ts';
import type { Image } from '../layers/image.ts';
import { type Known, pairOf } from '../layers/option.ts';

export interface DeformableBlockOptions extends ConvLayerOptions {
  /** Into how many groups the input's channels are split, each with offsets of its own; default 1. */
  readonly offsetGroups?: number;
  /** Whether each tap is also multiplied with a learned factor, twice a sigmoid (DCN v2); default false. */
  readonly modulated?: boolean;
  /** What comes first of a tap's two offsets: the shift along y (default; torchvision, ONNX) or along x (the seeds). */
  readonly offsetOrder?: 'yx' | 'xy';
  /** How fast the offsets learn, as a factor of the learning rate; default 0.1. */
  readonly offsetLearningRate?: number;
}

/** What it does: what a convolution of the same options does to sizes. */
export type DeformableBlock<O extends DeformableBlockOptions> = Conv<O>;

/**
 * A deformable convolution with the convolution that makes its offsets (operators.md 69): parameters `w`
 * [out, in / groups, kh, kw], `b` [out], `offset.w` and `offset.b` of 2·kh·kw channels for each offset group, and `mask.…` of
 * kh·kw where it is modulated. Offsets and masks start from zero weights, so the block starts as the plain convolution (the factor
 * 2·sigmoid(0) is 1), and learn slower.
 *
 * @throws CotangentError `layer/groups` when groups do not divide the channels.
 */
export function deformableBlock<const O extends DeformableBlockOptions>(
  options: Known<O, DeformableBlockOptions>,
): Layer<DeformableBlock<O>> {
  const {
    in: from,
    out,
    stride = 1,
    padding = 0,
    dilation = 1,
    groups = 1,
    bias = true,
  }: DeformableBlockOptions = options;
  const { initialise = heNormal(), dtype = 'f32' }: DeformableBlockOptions = options;
  const {
    offsetGroups = 1,
    modulated = false,
    offsetOrder = 'yx',
    offsetLearningRate = 0.1,
  }: DeformableBlockOptions = options;
  const kernel = pairOf(options.kernel);
  evenly('deformable', { in: from, out }, groups);
  evenly('deformable', { in: from }, offsetGroups);
  const type: Type<Shape, FloatDType> = { dtype, shape: [out, from / groups, ...kernel] };
  const walk = { stride, padding, dilation };
  const perTap = (count: number): Layer<(x: Image) => Image> => {
    const channels = count * offsetGroups * kernel[0] * kernel[1];
    const conv = convLayer({ ...walk, in: from, out: channels, kernel, initialise: zeros, dtype });
    return slower(conv as Layer<(x: Image) => Image>, offsetLearningRate);
  };
  const parts = {
    w: parameter(type, initialise, convFan({ in: from, out, kernel, stride: pairOf(stride), groups })),
    b: bias ? parameter({ dtype, shape: [out] }, zeros) : undefined,
    offset: perTap(2),
    mask: modulated ? perTap(1) : undefined,
  };
  return layer(parts, ({ w, b, offset, mask }) => {
    const call = (x: Image): Tensor =>
      deformConv2d(x, offset(x), w as Image, {
        ...walk,
        offsetGroups,
        offsetOrder,
        ...(mask === undefined ? {} : { mask: mul(sigmoid(mask(x)), 2) }),
        ...(b === undefined ? {} : { bias: b }),
      });
    return typed<DeformableBlock<O>>(call);
  });
}
