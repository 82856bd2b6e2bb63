import type { FloatDType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { Type } from '../../graph/type.ts';
import { conv2d, type PaddingOption } from '../../ops/index.ts';
import { typed } from '../../ops/typed.ts';
import type { ConvShape } from '../../ops/types/conv-shape.ts';
import type { FloorDiv } from '../../ops/types/dims.ts';
import type { Fits, Sized } from '../../ops/types/fits.ts';
import { zeros } from '../initialisers/constant.ts';
import { convFan } from '../initialisers/fan.ts';
import { heNormal } from '../initialisers/he.ts';
import type { Initialiser } from '../initialisers/initialiser.ts';
import { type Layer, layer, parameter } from '../layer.ts';
import { evenly } from './evenly.ts';
import type { Image } from './image.ts';
import { type DTypeOf, type Known, type Option, type Pair, type PerAxis, pairOf } from './option.ts';

export interface ConvLayerOptions {
  /** Channels in and out. */
  readonly in: number;
  readonly out: number;
  readonly kernel: PerAxis;
  readonly stride?: PerAxis;
  readonly padding?: PaddingOption;
  readonly dilation?: PerAxis;
  readonly groups?: number;
  /** Whether there is a bias `b`; default true. */
  readonly bias?: boolean;
  /** How the weight starts; default {@link heNormal}. */
  readonly initialise?: Initialiser;
  readonly dtype?: FloatDType;
}

type Weight<O extends ConvLayerOptions> =
  Pair<O['kernel']> extends readonly [infer H extends number, infer W extends number]
    ? readonly [O['out'], FloorDiv<O['in'], Option<O, 'groups', 1, number>>, H, W]
    : never;

type Result<O extends ConvLayerOptions, X extends Shape> = ConvShape<
  2,
  X,
  Weight<O>,
  Option<O, 'stride', 1>,
  Option<O, 'padding', 0>,
  Option<O, 'dilation', 1>,
  Option<O, 'groups', 1, number>
>;

/** What a convolution layer does: [N, in, H, W] → [N, out, H', W']. */
export type Conv<O extends ConvLayerOptions> = <X extends Shape>(
  x: Tensor<X, DTypeOf<O>> & Fits<Result<O, X>>,
) => Tensor<Sized<Result<O, X>>, DTypeOf<O>>;

/**
 * A 2-d convolution with parameters `w` [out, in / groups, kh, kw] and `b` [out].
 *
 * @throws CotangentError `layer/groups` when the groups do not divide the channels.
 */
export function convLayer<const O extends ConvLayerOptions>(options: Known<O, ConvLayerOptions>): Layer<Conv<O>> {
  const { in: channels, out, stride = 1, padding = 0, dilation = 1, groups = 1, bias = true } = options;
  const { initialise = heNormal(), dtype = 'f32' } = options;
  const kernel = pairOf(options.kernel);
  evenly('conv', { in: channels, out }, groups);
  const type: Type<Shape, FloatDType> = { dtype, shape: [out, channels / groups, ...kernel] };
  const fan = convFan({ in: channels, out, kernel, stride: pairOf(stride), groups });
  const b = bias ? parameter({ dtype, shape: [out] }, zeros) : undefined;
  return layer({ w: parameter(type, initialise, fan), b }, ({ w, b }) => {
    const call = (x: Image): Tensor =>
      conv2d(x, w, { stride, padding, dilation, groups, ...(b === undefined ? {} : { bias: b }) });
    return typed<Conv<O>>(call);
  });
}
