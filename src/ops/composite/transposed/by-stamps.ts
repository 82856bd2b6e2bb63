import { sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { matmul } from '../../linear/matmul.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { stamp } from '../patches/patches.ts';
import { tapsOf } from '../patches/tap-table.ts';
import type { TransposedAxis } from './transposed-axes.ts';

/**
 * Transposed convolution by stamping (operators.md 36): every element of x puts its multiple of the kernel down, and
 * what overlaps is summed. One matrix product makes all stamps, `stamp` (col2im) places them.
 */
export function byStamps(x: Tensor, w: Tensor, axes: readonly TransposedAxis[], groups: number): Tensor {
  const [batch, channels, ...positions] = x.shape as readonly [number, number, ...number[]];
  const [, outputs, ...window] = w.shape as readonly [number, number, ...number[]];
  const perGroup = channels / groups;
  const [taps, places] = [sizeOf(window), sizeOf(positions)];
  // [groups, outputs·taps, inputs] × [batch, groups, inputs, positions].
  const kernels = transpose(reshape(w, [groups, perGroup, outputs * taps]), [0, 2, 1]);
  const stamps: Tensor = matmul(kernels, reshape(x, [batch, groups, perGroup, places]));
  const tables = axes.map(({ length, window, stride, lo, hi, dilation, size }) =>
    tapsOf({ length: size, window, stride, lo, hi, dilation, count: length, end: size + hi }),
  );
  return stamp(
    reshape(stamps, [batch, groups * outputs, taps, ...positions]),
    tables,
    axes.map(({ size }) => size),
  );
}
