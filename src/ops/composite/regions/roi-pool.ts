import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { cast } from '../../pointwise/cast.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { typed } from '../../typed.ts';
import type { Float, SameDType } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { RegionShape } from '../../types/region-shape.ts';
import { argmaxBox } from '../../window/argmax-box.ts';
import { gather } from '../../window/gather.ts';
import { composite } from '../composite.ts';
import type { PerAxis } from '../per-axis.ts';
import { stack } from '../stack.ts';
import { binEdges } from './bin-edges.ts';
import { boxesOf, type RegionOptions } from './boxes.ts';

/**
 * The maxima of x[N,C,H,W] in the bins of boxes [K,5], each (image, x1, y1, x2, y2): [K,C,height,width], as torchvision's
 * `roi_pool` (operators.md 16). Edges are rounded to whole elements, halves away from zero, and belong to the box; bins overlap where they
 * do not divide it; an empty bin is 0. Rounding leaves the boxes a gradient of zero.
 *
 * @throws CotangentError `region/image`, `region/boxes` or `region/options`; at run time `value/range` for a box in no image.
 */
export const roiPool: <X extends Shape, B extends Shape, D extends DType, E extends DType, const Size extends PerAxis>(
  x: Tensor<X, D> & Float<D>,
  boxes: Tensor<B, E> & SameDType<D, E> & Fits<RegionShape<X, B, Size>>,
  options: RegionOptions<Size>,
) => Tensor<Sized<RegionShape<X, B, Size>>, D & E> = typed((x: Tensor, boxes: Tensor, options: RegionOptions) =>
  composite('roiPool', { x, boxes }, () => {
    const { count, image, axes, bins, scale } = boxesOf(x, boxes, options);
    const [rows, columns] = axes.map((edges, k) =>
      binEdges(edges, { bins: bins[k]!, scale, extra: 1, last: x.shape[k + 2]! }),
    );
    const spread = (t: Tensor, shape: Shape): Tensor => broadcastTo(reshape(t, shape), [count, ...bins]);
    const parts = [
      spread(cast(image, 'i32'), [count, 1, 1]),
      ...[rows!.low, rows!.high].map((edge) => spread(edge, [count, bins[0], 1])),
      ...[columns!.low, columns!.high].map((edge) => spread(edge, [count, 1, bins[1]])),
    ];
    const box = reshape(stack(parts, 3), [count * bins[0] * bins[1], 5]);
    const y = gather({ x, at: argmaxBox({ x, box }) }, { batch: 0 });
    return transpose(reshape(y, [count, ...bins, x.shape[1]!]), [0, 3, 1, 2]);
  }),
);
