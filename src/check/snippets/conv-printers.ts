import type { AnyOp } from '../../graph/op.ts';
import { convOp } from '../../ops/window/conv.ts';
import { list, type Printers, printed, tuple } from './printer.ts';

/** Convolution with every attribute there is: padding of either sign, dilation of both operands. */
export const convPrinters: readonly (readonly [AnyOp, Printers])[] = [
  printed(convOp, {
    pytorch: ({ axes, groups }, { x }) => {
      const rank = axes.length;
      const channels = x!.shape[1]!;
      // A transposed convolution with single ones puts zeros between the elements.
      const ones = `torch.ones(${list([channels, 1, ...axes.map(() => 1)])}, dtype=x.dtype)`;
      const spread = axes.some(({ xDilation }) => xDilation > 1)
        ? `F.conv_transpose${rank}d(x, ${ones}, stride=${list(axes.map((a) => a.xDilation))}, groups=${channels})`
        : 'x';
      const pads = axes.toReversed().flatMap(({ lo, hi }) => [lo, hi]);
      const padded = pads.some((d) => d !== 0) ? `F.pad(${spread}, ${list(pads)})` : spread;
      return `F.conv${rank}d(${padded}, w, None, ${list(axes.map((a) => a.stride))}, 0, ${list(axes.map((a) => a.wDilation))}, ${groups})`;
    },
    jax: ({ axes, groups }) =>
      `lax.conv_general_dilated(x, w, ${tuple(axes.map((a) => a.stride))}, ${list(axes.map(({ lo, hi }) => tuple([lo, hi])))}, ` +
      `lhs_dilation=${tuple(axes.map((a) => a.xDilation))}, rhs_dilation=${tuple(axes.map((a) => a.wDilation))}, feature_group_count=${groups})`,
    tfjs: ({ axes, groups }) => {
      const strided = axes.some(({ stride }) => stride > 1);
      const dilated = axes.some(({ wDilation }) => wDilation > 1);
      const plain = axes.every(({ lo, hi, xDilation }) => lo >= 0 && hi >= 0 && xDilation === 1);
      if (axes.length !== 2 || groups !== 1 || !plain || (strided && dilated)) return undefined;
      return tfConv2d({
        pads: axes.map(({ lo, hi }) => [lo, hi]),
        stride: axes.map((a) => a.stride),
        dilation: axes.map((a) => a.wDilation),
      });
    },
  }),
];

interface TfConv {
  readonly pads: readonly (readonly [number, number] | readonly number[])[];
  readonly stride: readonly number[];
  readonly dilation: readonly number[];
}

/** tfjs has channels last, and pads of its own only in some forms. */
export const tfConv2d = ({ pads, stride, dilation }: TfConv): string => {
  const last = 'tf.transpose(x, [0, 2, 3, 1])';
  const padded = pads.flat().some((d) => d > 0)
    ? `tf.pad(${last}, ${list([[0, 0], ...pads, [0, 0]].map(list))})`
    : last;
  const call = `tf.conv2d(${padded}, tf.transpose(w, [2, 3, 1, 0]), ${list(stride)}, 'valid', 'NHWC', ${list(dilation)})`;
  return `tf.transpose(${call}, [0, 3, 1, 2])`;
};
