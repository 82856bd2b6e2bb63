import type { Op } from '../../graph/op.ts';
import { type AxisReach, along } from '../../graph/reach.ts';
import { sizeOf } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { f64 } from '../../graph/type.ts';
import { defineOp } from '../define.ts';
import { reshape } from '../shape/reshape.ts';
import { transpose } from '../shape/transpose.ts';
import { convCases } from './conv-cases.ts';
import { convCure } from './conv-cure.ts';
import { correlate } from './conv-kernel.ts';
import { convMultiplyAdds } from './conv-multiply-adds.ts';
import { convToOnnx } from './conv-to-onnx.ts';
import { convType } from './conv-type.ts';
import { extent } from './extent.ts';
import { mirror } from './mirror.ts';

/** How the kernel moves along one spatial axis. */
export interface ConvAxis {
  /** Steps of the output position, ≥ 1. */
  readonly stride: number;
  /** Zeros before the (dilated) input; negative ones cut elements off. */
  readonly lo: number;
  /** Zeros after it; negative ones cut elements off. */
  readonly hi: number;
  /** Distance of the input's elements, ≥ 1: above 1, zeros stand between them and the convolution is a transposed one. */
  readonly xDilation: number;
  /** Distance of the kernel's taps, ≥ 1. */
  readonly wDilation: number;
}

export interface ConvAttributes {
  /** One per spatial axis, outermost first. */
  readonly axes: readonly ConvAxis[];
  /** Output channel o of O reads the input channels of group ⌊o·groups/O⌋. */
  readonly groups: number;
}

/** The record of `conv`. */
export const convOp: Op<'x' | 'w', ConvAttributes> = defineOp('conv', {
  doc:
    'Correlation of x[N,C,…] with w[O,C/groups,…]: y[n,o,p] = Σ_c Σ_k x[n,c,q]·w[o,c,k] with ' +
    'q·xDilation = p·stride + k·wDilation − lo on every axis, zero outside x; y has ' +
    '⌊(extent(x) + lo + hi − extent(w)) / stride⌋ + 1 positions, extent(l) = (l − 1)·dilation + 1.',
  infer: convType,
  kernel: ({ x, w }, attributes, y) => correlate(x, w, attributes, y),
  cure: convCure,
  // Bilinear and closed: both gradients are correlations again. Derived in docs/derivations/conv.md.
  vjp: {
    x: ({ x, w, y, ct }, { axes, groups }) =>
      convOp(
        { x: ct, w: mirror(w, groups) },
        {
          groups,
          axes: axes.map((axis, i) => {
            const e = extents(x, w, y, axis, i);
            return {
              stride: axis.xDilation,
              xDilation: axis.stride,
              wDilation: axis.wDilation,
              lo: e.w - 1 - axis.lo,
              hi: e.x + axis.lo - e.y,
            };
          }),
        },
      ),
    w: ({ x, w, y, ct }, { axes, groups }) =>
      exchange(
        convOp(
          { x: groupsToBatch(x, groups), w: exchange(ct) },
          {
            groups,
            axes: axes.map((axis, i) => {
              const e = extents(x, w, y, axis, i);
              return {
                stride: axis.wDilation,
                xDilation: axis.xDilation,
                wDilation: axis.stride,
                lo: axis.lo,
                hi: e.y + e.w - 1 - axis.lo - e.x,
              };
            }),
          },
        ),
      ),
  },
  degree: { x: 1, w: 1 },
  cases: convCases,
  reach: ({ w, y }, { axes, groups }) => ({
    x: {
      kind: 'axes',
      axes: [
        along(0),
        groups === 1 ? { kind: 'all' } : groupReach(w.shape[1]!, y.shape[1]! / groups),
        ...axes.map(({ stride, lo, xDilation, wDilation }, i) =>
          along(i + 2, { stride, lo, spread: xDilation, taps: w.shape[i + 2]!, step: wDilation }),
        ),
      ],
    },
    w: { kind: 'axes', axes: w.shape.map((_, axis) => (axis === 0 ? { ...along(1) } : { kind: 'all' })) },
  }),
  flops: ({ w, y }) => 2 * sizeOf(y.shape) * sizeOf(w.shape.slice(1)),
  multiplyAdds: convMultiplyAdds,
  onnx: convToOnnx,
  example: (g) =>
    conv(g.input('x', f64(1, 1, 5, 4)), g.input('w', f64(2, 1, 3, 2)), {
      axes: [
        { stride: 2, lo: 1, hi: 1, xDilation: 1, wDilation: 1 },
        { stride: 1, lo: 0, hi: 1, xDilation: 1, wDilation: 1 },
      ],
      groups: 1,
    }),
});

/** Correlation over any number of spatial axes with every attribute given; `conv2d` and its kin have defaults. */
export const conv = (x: Tensor, w: Tensor, attributes: ConvAttributes): Tensor => convOp({ x, w }, attributes);

/** The input channels of an output channel's group. */
const groupReach = (inputs: number, outputs: number): AxisReach => ({
  kind: 'rows',
  axis: 1,
  row: (o) => Array.from({ length: inputs }, (_, c) => Math.floor(o / outputs) * inputs + c),
});

/** Extents along spatial axis `i`: of x and w dilated, of y spread by the stride. */
const extents = (x: Tensor, w: Tensor, y: Tensor, axis: ConvAxis, i: number): { x: number; w: number; y: number } => ({
  x: extent(x.shape[i + 2]!, axis.xDilation),
  w: extent(w.shape[i + 2]!, axis.wDilation),
  y: extent(y.shape[i + 2]!, axis.stride),
});

/** [a, b, …] → [b, a, …]. */
const exchange = (t: Tensor): Tensor => transpose(t, [1, 0, ...t.shape.slice(2).map((_, i) => i + 2)]);

/** [N, groups·C, …] → [C, groups·N, …]: the batch becomes what is summed over, group by group. */
function groupsToBatch(x: Tensor, groups: number): Tensor {
  const [batch, channels, ...spatial] = x.shape as readonly [number, number, ...number[]];
  const apart = reshape(x, [batch, groups, channels / groups, ...spatial]);
  const turned = transpose(apart, [2, 1, 0, ...spatial.map((_, i) => i + 3)]);
  return reshape(turned, [channels / groups, groups * batch, ...spatial]);
}
