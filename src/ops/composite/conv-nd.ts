import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { add } from '../pointwise/add.ts';
import { refuse } from '../refuse.ts';
import { reshape } from '../shape/reshape.ts';
import type { BiasShape, ConvShape, SpatialRank } from '../types/conv-shape.ts';
import type { Float, SameDType } from '../types/dtypes.ts';
import type { Fits, Sized } from '../types/fits.ts';
import { type ConvAttributes, convOp } from '../window/conv.ts';
import { composite } from './composite.ts';
import { type PadMode, pad } from './pad.ts';
import { type PaddingOption, resolvePadding } from './padding.ts';
import { type PerAxis, perAxis } from './per-axis.ts';

/** Options of `conv1d`, `conv2d`, `conv3d`. Literal ones count in the type of the result. */
export interface ConvOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PaddingOption = PaddingOption,
  Dilation extends PerAxis = PerAxis,
  Groups extends number = number,
  Bias extends Tensor = Tensor,
> {
  /** One number per output channel. */
  readonly bias?: Bias;
  /** Default 1. */
  readonly stride?: Stride;
  /** Default 0. */
  readonly padding?: Padding;
  /** Distance of the kernel's taps; default 1. */
  readonly dilation?: Dilation;
  /** Default 1. */
  readonly groups?: Groups;
  /** What stands in the padding; default `'zero'`. */
  readonly paddingMode?: Exclude<PadMode, 'constant'>;
}

/** A correlation over `R` spatial axes; sizes that do not fit are compile errors where they are literal. */
export type ConvFunction<R extends SpatialRank> = <
  X extends Shape,
  W extends Shape,
  D extends DType,
  E extends DType,
  const Stride extends PerAxis = 1,
  const Padding extends PaddingOption = 0,
  const Dilation extends PerAxis = 1,
  Groups extends number = 1,
  B extends Shape = Shape,
>(
  x: Tensor<X, D> & Float<D>,
  w: Tensor<W, E> & SameDType<D, E> & Fits<ConvShape<R, X, W, Stride, Padding, Dilation, Groups>>,
  options?: ConvOptions<Stride, Padding, Dilation, Groups, Tensor<B> & Fits<BiasShape<W, B>>>,
) => Tensor<Sized<ConvShape<R, X, W, Stride, Padding, Dilation, Groups>>, D & E>;

/** Correlation of x[N,C,…] with w[O,C/groups,…] over `rank` spatial axes. */
export const convNd = (name: string, rank: number, x: Tensor, w: Tensor, options: ConvOptions): Tensor =>
  composite(name, { x, w, bias: options.bias }, () => {
    const { padded, attributes } = resolveConv(x, w, rank, options);
    return addBias(convOp({ x: padded, w }, attributes), options.bias);
  });

/** Options written out: x padded where zeros will not do, and the attributes of `conv`. */
export function resolveConv(
  x: Tensor,
  w: Tensor,
  rank: number,
  options: ConvOptions,
): { readonly padded: Tensor; readonly attributes: ConvAttributes } {
  checkConvRank(x, w, rank);
  const stride = perAxis('stride', options.stride ?? 1, rank);
  const dilation = perAxis('dilation', options.dilation ?? 1, rank);
  const padding = resolvePadding(
    options.padding ?? 0,
    stride.map((s, i) => ({ length: x.shape[i + 2]!, window: w.shape[i + 2]!, stride: s, dilation: dilation[i]! })),
  );
  const mode = options.paddingMode ?? 'zero';
  const axes = padding.map(([lo, hi], i) => ({
    stride: stride[i]!,
    lo: mode === 'zero' ? lo : 0,
    hi: mode === 'zero' ? hi : 0,
    xDilation: 1,
    wDilation: dilation[i]!,
  }));
  const padded = mode === 'zero' ? x : pad(x, [[0, 0], [0, 0], ...padding], { mode });
  return { padded, attributes: { axes, groups: options.groups ?? 1 } };
}

/** Refuses x or w that have not `rank` spatial axes. */
export function checkConvRank(x: Tensor, w: Tensor, rank: number): void {
  if (x.shape.length !== rank + 2 || w.shape.length !== rank + 2)
    refuse(
      'conv/rank',
      { x: `[${x.shape}]`, w: `[${w.shape}]`, rank: rank + 2 },
      'give x a batch and a channel axis, w two channel axes, before the spatial ones.',
    );
}

/** y plus one number per channel. */
export function addBias(y: Tensor, bias: Tensor | undefined): Tensor {
  if (bias === undefined) return y;
  const outputs = y.shape[1]!;
  if (bias.shape.length !== 1 || bias.shape[0] !== outputs)
    refuse('conv/bias', { bias: `[${bias.shape}]`, outputs }, 'give one number per output channel.');
  if (bias.dtype !== y.dtype)
    fail('conv/dtype', `the bias is ${bias.dtype}, the result ${y.dtype}`, `cast the bias to ${y.dtype}.`);
  return add(y, reshape(bias, [outputs, ...y.shape.slice(2).map(() => 1)]));
}
