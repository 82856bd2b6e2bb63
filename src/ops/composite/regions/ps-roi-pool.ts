import type { DType } from '../../../graph/dtype.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { iota } from '../../constant/iota.ts';
import { matmul } from '../../linear/matmul.ts';
import { and } from '../../pointwise/and.ts';
import { cast } from '../../pointwise/cast.ts';
import { equal, greaterEqual, less } from '../../pointwise/compare.ts';
import { div } from '../../pointwise/div.ts';
import { maximum } from '../../pointwise/maximum.ts';
import { mul } from '../../pointwise/mul.ts';
import { sum } from '../../reduce/sum.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { typed } from '../../typed.ts';
import type { Float, SameDType } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { SensitiveShape } from '../../types/region-shape.ts';
import { composite } from '../composite.ts';
import type { PerAxis } from '../per-axis.ts';
import { binEdges } from './bin-edges.ts';
import { boxesOf, type Edges, type RegionOptions } from './boxes.ts';
import { channelsPerBin } from './channels-per-bin.ts';

/**
 * The means of x[N,C,H,W] in the bins of boxes [K,5], bin (i, j) of output channel c from channel (c·height + i)·width + j
 * alone: [K,C/(height·width),height,width], as torchvision's `ps_roi_pool` (operators.md 16). Edges are rounded to whole elements, halves
 * away from zero; the upper one is not part of the box, nor is the last row or column of x, which torchvision never reads;
 * an empty bin is 0. Rounding leaves the boxes a gradient of zero.
 *
 * @throws CotangentError `region/channels` unless every bin gets as many channels; else as `roiPool`.
 */
export const psRoiPool: <
  X extends Shape,
  B extends Shape,
  D extends DType,
  E extends DType,
  const Size extends PerAxis,
>(
  x: Tensor<X, D> & Float<D>,
  boxes: Tensor<B, E> & SameDType<D, E> & Fits<SensitiveShape<X, B, Size>>,
  options: RegionOptions<Size>,
) => Tensor<Sized<SensitiveShape<X, B, Size>>, D & E> = typed((x: Tensor, boxes: Tensor, options: RegionOptions) =>
  composite('psRoiPool', { x, boxes }, () => {
    const { count, image, axes, bins, scale } = boxesOf(x, boxes, options);
    const [images, , ...size] = x.shape as readonly [number, number, number, number];
    const own = channelsPerBin(x, bins);
    const [rows, columns] = axes.map((edges, k) => {
      const rule = { bins: bins[k]!, scale, extra: 0, last: size[k]! - 1 } as const;
      return members(binEdges(edges, rule), size[k]!, x.dtype);
    });
    const home = equal(reshape(image, [count, 1]), iota(x.graph, { dtype: x.dtype, shape: [images] }, 0));
    // Which elements count for a box: [height, width, K, N, H, W]. Bins come first, as each has its own channels.
    const chosen = mul(
      mul(
        reshape(cast(home, x.dtype), [1, 1, count, images, 1, 1]),
        reshape(transpose(rows!, [1, 0, 2]), [bins[0], 1, count, 1, size[0], 1]),
      ),
      reshape(transpose(columns!, [1, 0, 2]), [1, bins[1], count, 1, 1, size[1]]),
    );
    const places = images * sizeOf(size);
    const [cells, split] = [bins[0] * bins[1], [images, own, bins[0] * bins[1], ...size]];
    const planes = reshape(transpose(reshape(x, split), [2, 0, 3, 4, 1]), [cells, places, own]);
    const weights = reshape(chosen, [cells, count, places]);
    const area = maximum(sum(weights, { axes: [2], keepDims: true }), 1);
    const y = div(matmul(weights, planes), area);
    return transpose(reshape(y, [...bins, count, own]), [2, 3, 0, 1]);
  }),
);

/** 1 for the elements of an axis that lie in a bin, [K,bins,size]. */
function members({ low, high }: Edges, size: number, dtype: DType): Tensor {
  const [count, bins] = low.shape as readonly [number, number];
  const index = iota(low.graph, { dtype: 'i32', shape: [size] }, 0);
  const [from, to] = [low, high].map((edge) => reshape(edge, [count, bins, 1]));
  return cast(and(greaterEqual(index, from!), less(index, to!)), dtype);
}
