import type { Tensor } from '../../../graph/tensor.ts';
import { convOp } from '../../window/conv.ts';
import { mirror } from '../../window/mirror.ts';
import type { TransposedAxis } from './transposed-axes.ts';

/**
 * Transposed convolution as a convolution (operators.md 34): zeros between the elements of x, d·(k − 1) − p around it,
 * the kernel reversed. The way the fast backends run it.
 */
export const byZeros = (x: Tensor, w: Tensor, axes: readonly TransposedAxis[], groups: number): Tensor =>
  convOp(
    { x, w: mirror(w, groups) },
    {
      groups,
      axes: axes.map(({ stride, dilation, lo, hi, extra, span }) => ({
        stride: 1,
        lo: span - 1 - lo,
        hi: span - 1 - hi + extra,
        xDilation: stride,
        wDilation: dilation,
      })),
    },
  );
