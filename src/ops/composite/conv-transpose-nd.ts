import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { refuse } from '../refuse.ts';
import type { SpatialRank } from '../types/conv-shape.ts';
import type { ConvTransposeShape, TransposedBiasShape } from '../types/conv-transpose-shape.ts';
import type { Float, SameDType } from '../types/dtypes.ts';
import type { Fits, Sized } from '../types/fits.ts';
import { plural } from '../window/plural.ts';
import { composite } from './composite.ts';
import { addBias, checkConvRank } from './conv-nd.ts';
import type { Paddings } from './padding.ts';
import { tapsOf } from './patches/tap-table.ts';
import { type PerAxis, perAxis } from './per-axis.ts';
import { byMatrix } from './transposed/by-matrix.ts';
import { byStamps } from './transposed/by-stamps.ts';
import { byZeros } from './transposed/by-zeros.ts';
import { coverage, meanOverlap } from './transposed/mean-overlap.ts';
import { type TransposedAxis, transposedAxes } from './transposed/transposed-axes.ts';

/** Options of `convTranspose1d`, `convTranspose2d`, `convTranspose3d`. Literal ones count in the type of the result. */
export interface ConvTransposeOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends Paddings = Paddings,
  OutputPadding extends PerAxis = PerAxis,
  Dilation extends PerAxis = PerAxis,
  Groups extends number = number,
  Bias extends Tensor = Tensor,
> {
  /** One number per output channel. */
  readonly bias?: Bias;
  /** Distance of the input's elements in the output; default 1. */
  readonly stride?: Stride;
  /** What the convolution that this one transposes pads: so much is cut off the result. Default 0. */
  readonly padding?: Padding;
  /** Positions added at the high end, which several input sizes would otherwise share; default 0. */
  readonly outputPadding?: OutputPadding;
  /** Distance of the kernel's taps; default 1. */
  readonly dilation?: Dilation;
  /** Default 1. */
  readonly groups?: Groups;
  /**
   * Where stamps of the kernel overlap: their `'sum'` (the default), which is the adjoint of the convolution, or their
   * `'mean'`, which is not (operators.md 37).
   */
  readonly overlap?: 'sum' | 'mean';
  /**
   * Which of three implementations that share no step (operators.md 34–36): `'zeros'`, the default, inserts zeros and
   * convolves; `'matrix'` multiplies by the transposed matrix of the convolution; `'stamps'` places multiples of the kernel.
   */
  readonly method?: 'zeros' | 'matrix' | 'stamps';
}

/** A transposed correlation over `R` spatial axes; sizes that do not fit are compile errors where they are literal. */
export type ConvTransposeFunction<R extends SpatialRank> = <
  X extends Shape,
  W extends Shape,
  D extends DType,
  E extends DType,
  const Stride extends PerAxis = 1,
  const Padding extends Paddings = 0,
  const OutputPadding extends PerAxis = 0,
  const Dilation extends PerAxis = 1,
  Groups extends number = 1,
  B extends Shape = Shape,
>(
  x: Tensor<X, D> & Float<D>,
  w: Tensor<W, E> &
    SameDType<D, E> &
    Fits<ConvTransposeShape<R, X, W, Stride, Padding, OutputPadding, Dilation, Groups>>,
  options?: ConvTransposeOptions<
    Stride,
    Padding,
    OutputPadding,
    Dilation,
    Groups,
    Tensor<B> & Fits<TransposedBiasShape<W, Groups, B>>
  >,
) => Tensor<Sized<ConvTransposeShape<R, X, W, Stride, Padding, OutputPadding, Dilation, Groups>>, D & E>;

/** The adjoint of a correlation with the same options, by any of three methods. */
export const convTransposeNd = (
  name: string,
  rank: number,
  x: Tensor,
  w: Tensor,
  options: ConvTransposeOptions,
): Tensor =>
  composite(name, { x, w, bias: options.bias }, () => {
    checkConvRank(x, w, rank);
    const [groups] = perAxis('groups', options.groups ?? 1, 1) as [number];
    const [inputs, channels] = [w.shape[0]!, x.shape[1]!];
    if (inputs !== channels)
      refuse(
        'conv-transpose/channels',
        { inputs, channels },
        `make w.shape[0] ${channels}: w is [inputs, outputs / groups, …].`,
      );
    if (inputs % groups !== 0)
      refuse(
        'conv-transpose/groups',
        { inputs, groups: plural(groups, 'group') },
        'choose groups that divide the input channels.',
      );
    const axes = transposedAxes(x, w, rank, options);
    const { method = 'zeros', overlap = 'sum' } = options;
    if (!Object.hasOwn(methods, method))
      fail('option/value', `unknown method '${String(method)}'`, `use one of ${Object.keys(methods).join(', ')}.`);
    if (overlap !== 'sum' && overlap !== 'mean')
      fail('option/value', `overlap is ${String(overlap)}`, "use 'sum' or 'mean'.");
    const z = methods[method](x, w, axes, groups);
    return addBias(overlap === 'sum' ? z : meanOverlap(z, axes.map(stampsOver)), options.bias);
  });

const methods = { zeros: byZeros, matrix: byMatrix, stamps: byStamps } as const;

/** How many stamps fall on each position along one axis. */
const stampsOver = ({ length, window, stride, dilation, lo, hi, size }: TransposedAxis): number[] =>
  coverage(size, tapsOf({ length: size, window, stride, lo, hi, dilation, count: length, end: size + hi }));
