import type { DType } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { refuse } from '../refuse.ts';
import type { SpatialRank } from '../types/conv-shape.ts';
import type { ConvTransposeShape, TransposedBiasShape } from '../types/conv-transpose-shape.ts';
import type { Float, SameDType } from '../types/dtypes.ts';
import type { Fits, Sized } from '../types/fits.ts';
import { convOp } from '../window/conv.ts';
import { extent } from '../window/extent.ts';
import { mirror } from '../window/mirror.ts';
import { plural } from '../window/plural.ts';
import { composite } from './composite.ts';
import { addBias, checkConvRank } from './conv-nd.ts';
import { type Paddings, paddingPairs } from './padding.ts';
import { type PerAxis, perAxis } from './per-axis.ts';

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

/** The adjoint of a correlation, as one: zeros between the elements of x, the kernel mirrored. */
export const convTransposeNd = (
  name: string,
  rank: number,
  x: Tensor,
  w: Tensor,
  options: ConvTransposeOptions,
): Tensor =>
  composite(name, { x, w, bias: options.bias }, () => {
    checkConvRank(x, w, rank);
    const stride = perAxis('stride', options.stride ?? 1, rank);
    const dilation = perAxis('dilation', options.dilation ?? 1, rank);
    const outputPadding = perAxis('outputPadding', options.outputPadding ?? 0, rank, 0);
    const padding = paddingPairs(options.padding ?? 0, rank);
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
    const axes = padding.map(([lo, hi], i) => {
      const [size, window] = [x.shape[i + 2]!, w.shape[i + 2]!];
      const [s, d, extra] = [stride[i]!, dilation[i]!, outputPadding[i]!];
      if (extra >= Math.max(s, d))
        fail(
          'conv-transpose/output-padding',
          `outputPadding ${extra} is not below stride ${s} or dilation ${d} along spatial axis ${i}`,
          'lower it: larger ones would only add the bias.',
        );
      const span = extent(window, d);
      const result = extent(size, s) - 1 - lo - hi + span + extra;
      if (size > 0 && window > 0 && result < 1)
        refuse('conv-transpose/window', { axis: i, size, result }, 'pad less, or use a larger kernel or stride.');
      return { stride: 1, lo: span - 1 - lo, hi: span - 1 - hi + extra, xDilation: s, wDilation: d };
    });
    return addBias(convOp({ x, w: mirror(w, groups) }, { axes, groups }), options.bias);
  });
