import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sameShape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { matmul } from '../../linear/matmul.ts';
import { add } from '../../pointwise/add.ts';
import { mul } from '../../pointwise/mul.ts';
import { flip } from '../../shape/flip.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { typed } from '../../typed.ts';
import type { BiasShape, ConvShape } from '../../types/conv-shape.ts';
import type { Float, SameDType } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import { sample } from '../../warp/sample.ts';
import { windowCount } from '../../window/window-count.ts';
import { composite } from '../composite.ts';
import { addBias, checkConvRank } from '../conv-nd.ts';
import { type PaddingOption, resolvePadding } from '../padding.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';
import { tapPositions } from './tap-positions.ts';

/** Options of `deformConv2d`. Literal ones count in the type of the result. */
export interface DeformConvOptions<
  Stride extends PerAxis = PerAxis,
  Padding extends PaddingOption = PaddingOption,
  Dilation extends PerAxis = PerAxis,
  Bias extends Tensor = Tensor,
> {
  /** What every tap is multiplied with, [N,G·kh·kw,H',W'], one per tap and offset group (DCN v2); without it DCN v1. */
  readonly mask?: Tensor;
  /** One number per output channel. */
  readonly bias?: Bias;
  /** Default 1. */
  readonly stride?: Stride;
  /** Default 0. */
  readonly padding?: Padding;
  /** Distance of the undeformed taps; default 1. */
  readonly dilation?: Dilation;
  /** Into how many groups the channels of x are split, each with offsets of its own; by default as many as `offset` has. */
  readonly offsetGroups?: number;
  /** What comes first in `offset`: the shift along the rows' axis (torchvision, ONNX; the default) or the columns'. */
  readonly offsetOrder?: 'yx' | 'xy';
}

/** The shape of a convolution whose groups follow from the channels. */
type Grouped<X extends Shape, W extends Shape, Stride, Padding, Dilation> = X extends readonly [
  infer N extends number,
  number,
  ...infer Spatial extends Shape,
]
  ? ConvShape<2, readonly [N, W[1], ...Spatial], W, Stride, Padding, Dilation>
  : ConvShape<2, X, W, Stride, Padding, Dilation>;

/**
 * Correlation of x[N,C,H,W] with w[O,C/groups,kh,kw] whose taps are moved by offset[N,G·kh·kw·2,H',W'], between elements
 * by linear interpolation, with zeros around x: channel 2·(g·kh·kw + tap) is the shift of a tap along y, the next along x.
 * (operators.md 68). At whole positions the gradient is the right one, at −1 and below or the size and above it is zero.
 *
 * @throws CotangentError `deform-conv/channels`, `deform-conv/offset` or `deform-conv/mask` where sizes do not fit.
 */
export const deformConv2d: <
  X extends Shape,
  W extends Shape,
  D extends DType,
  E extends DType,
  const Stride extends PerAxis = 1,
  const Padding extends PaddingOption = 0,
  const Dilation extends PerAxis = 1,
  B extends Shape = Shape,
>(
  x: Tensor<X, D> & Float<D>,
  offset: Tensor<Shape, NoInfer<D>>,
  w: Tensor<W, E> & SameDType<D, E> & Fits<Grouped<X, W, Stride, Padding, Dilation>>,
  options?: DeformConvOptions<Stride, Padding, Dilation, Tensor<B> & Fits<BiasShape<W, B>>>,
) => Tensor<Sized<Grouped<X, W, Stride, Padding, Dilation>>, D & E> = typed(
  (x: Tensor, offset: Tensor, w: Tensor, options: DeformConvOptions = {}) =>
    composite('deformConv2d', { x, offset, w, mask: options.mask, bias: options.bias }, () => {
      checkConvRank(x, w, 2);
      const [batch, channels, ...size] = x.shape as readonly [number, number, number, number];
      const [outputs, inputs, ...kernel] = w.shape as readonly [number, number, number, number];
      const groups = groupsOf(channels, inputs, outputs);
      const stride = perAxis('stride', options.stride ?? 1, 2);
      const dilation = perAxis('dilation', options.dilation ?? 1, 2);
      const walks = size.map((length, k) => ({
        length,
        window: kernel[k]!,
        stride: stride[k]!,
        dilation: dilation[k]!,
      }));
      const padded = resolvePadding(options.padding ?? 0, walks).map(([lo, hi], k) => ({ ...walks[k]!, lo, hi }));
      const out = padded.map((walk, k) => windowCount('conv/window', walk, k));
      const taps = kernel[0] * kernel[1];
      const places = out[0]! * out[1]!;
      const parts = offsetGroups(offset, [batch, channels, taps, ...out], options);
      const shifts = reshape(offset, [batch * parts, taps, 2, places]);
      const ordered = options.offsetOrder === 'xy' ? flip(shifts, 2) : shifts;
      const still = reshape(tapPositions(x, padded, out), [2, taps, places]);
      const p = reshape(add(transpose(ordered, [0, 2, 1, 3]), still), [batch * parts, 2, taps * places]);
      const apart = reshape(x, [batch * parts, channels / parts, ...size]);
      const axis = { kernel: 'linear', order: 0, outside: 'zero' } as const;
      const read = sample(apart, p, { axes: [axis, axis] });
      const columns = options.mask === undefined ? read : mul(read, masked(options.mask, [batch, parts, taps, ...out]));
      const y = matmul(
        reshape(w, [groups, outputs / groups, inputs * taps]),
        reshape(columns, [batch, groups, inputs * taps, places]),
      );
      return addBias(reshape(y, [batch, outputs, ...out]), options.bias);
    }),
);

function groupsOf(channels: number, inputs: number, outputs: number): number {
  const groups = inputs === 0 && channels === 0 ? 1 : channels / inputs;
  if (!Number.isSafeInteger(groups) || groups < 1 || outputs % groups !== 0)
    fail(
      'deform-conv/channels',
      `w reads ${inputs} channels and makes ${outputs}, x has ${channels}`,
      'make the channels of x a multiple of those w reads, and the channels w makes a multiple of that factor.',
    );
  return groups;
}

type Sizes = readonly [batch: number, channels: number, taps: number, ...out: number[]];

/** Into how many groups the offsets split the channels of x. */
function offsetGroups(offset: Tensor, [batch, channels, taps, ...out]: Sizes, options: DeformConvOptions): number {
  const { offsetOrder = 'yx' } = options;
  if (offsetOrder !== 'yx' && offsetOrder !== 'xy')
    fail('deform-conv/order', `unknown offsetOrder '${String(offsetOrder)}'`, "use 'yx' or 'xy'.");
  const parts = options.offsetGroups ?? (offset.shape[1] ?? 0) / (2 * taps);
  const needed = [batch, parts * 2 * taps, ...out];
  if (!Number.isSafeInteger(parts) || parts < 1 || channels % parts !== 0 || !sameShape(offset.shape, needed))
    fail(
      'deform-conv/offset',
      `the offset is ${showType(offset)}; ${channels} channels, ${taps} taps and ${out.join('×')} places need ` +
        `[${[batch, `groups × ${2 * taps}`, ...out]}]`,
      'give two shifts for each tap and place, for one group or for groups that divide the channels of x.',
    );
  return parts;
}

/** A mask [N,G·taps,H',W'] in the form of what was read, one number for all channels of a group. */
function masked(mask: Tensor, [batch, parts, taps, ...out]: readonly [number, number, number, ...number[]]): Tensor {
  const needed = [batch, parts * taps, ...out];
  if (!sameShape(mask.shape, needed))
    fail(
      'deform-conv/mask',
      `the mask is ${showType(mask)}, not [${needed}]`,
      'give one factor for each tap and place.',
    );
  return reshape(mask, [batch * parts, 1, taps * out.reduce((a, b) => a * b, 1)]);
}
