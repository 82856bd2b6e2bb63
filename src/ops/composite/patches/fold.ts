import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { showType } from '../../../graph/type.ts';
import { reshape } from '../../shape/reshape.ts';
import { typed } from '../../typed.ts';
import type { Float } from '../../types/dtypes.ts';
import type { FoldShape } from '../../types/unfold-shape.ts';
import { composite } from '../composite.ts';
import { resolvePadding } from '../padding.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';
import { poolAxis } from '../pool-axes.ts';
import { coverage, meanOverlap } from '../transposed/mean-overlap.ts';
import { stamp } from './patches.ts';
import { tapsOf } from './tap-table.ts';
import type { UnfoldOptions } from './unfold.ts';

/** Options of `fold`: those that `unfold` cut with, and the planes' size. */
export interface FoldOptions<Size extends readonly number[] = readonly number[], Kernel extends PerAxis = PerAxis>
  extends UnfoldOptions<Kernel> {
  /** Spatial sizes of the result; how many there are says over how many axes columns are stamped. */
  readonly size: Size;
  /** Where windows overlap: their `'sum'` (the default), which is the adjoint of `unfold`, or their `'mean'`, which undoes it. */
  readonly overlap?: 'sum' | 'mean';
}

/**
 * Columns [N, C·taps, windows] put back as windows of planes (col2im): [N, C, …size]. Where windows overlap they are
 * summed, or their mean is taken; where none stands there is 0.
 *
 * @throws GraphError `fold/columns` unless x has a column for every window and rows for whole channels.
 */
export const fold: <
  X extends Shape,
  D extends DType,
  const Size extends readonly number[],
  const Kernel extends PerAxis,
>(
  x: Tensor<X, D> & Float<D>,
  options: FoldOptions<Size, Kernel>,
) => Tensor<FoldShape<X, Size, Kernel>, D> = typed((x: Tensor, options: FoldOptions) =>
  composite('fold', { x }, () => {
    const { size, overlap = 'sum', ...rest } = options;
    const rank = size.length;
    const [kernel, stride, dilation] = [
      perAxis('kernel', rest.kernel, rank),
      perAxis('stride', rest.stride ?? 1, rank),
      perAxis('dilation', rest.dilation ?? 1, rank),
    ];
    const walks = perAxis('size', size, rank).map((length, i) => ({
      length,
      window: kernel[i]!,
      stride: stride[i]!,
      dilation: dilation[i]!,
    }));
    const padding = resolvePadding(rest.padding ?? 0, walks);
    const axes = walks.map((walk, i) => poolAxis(walk, padding[i]!, false, i));
    const windows = axes.map(({ count }) => count);
    const taps = sizeOf(kernel);
    const [batch, rows, columns] = x.shape as readonly [number, number, number];
    if (x.shape.length !== 3 || rows % taps !== 0 || columns !== sizeOf(windows))
      fail(
        'fold/columns',
        `x is ${showType(x)}; planes [${size}] have ${sizeOf(windows)} windows of ${taps} taps`,
        `make x [batch, channels · ${taps}, ${sizeOf(windows)}].`,
      );
    if (overlap !== 'sum' && overlap !== 'mean')
      fail('option/value', `overlap is ${String(overlap)}`, "use 'sum' or 'mean'.");
    const tables = axes.map(tapsOf);
    const sums = stamp(reshape(x, [batch, rows / taps, taps, ...windows]), tables, size);
    return overlap === 'sum'
      ? sums
      : meanOverlap(
          sums,
          tables.map((table, i) => coverage(size[i]!, table)),
        );
  }),
);
