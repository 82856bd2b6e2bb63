import type { DType } from '../../../graph/dtype.ts';
import type { Shape } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { mul } from '../../pointwise/mul.ts';
import { sum } from '../../reduce/sum.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { reshape } from '../../shape/reshape.ts';
import { transpose } from '../../shape/transpose.ts';
import { typed } from '../../typed.ts';
import type { Float, SameDType } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { RegionShape } from '../../types/region-shape.ts';
import { sample } from '../../warp/sample.ts';
import { composite } from '../composite.ts';
import type { PerAxis } from '../per-axis.ts';
import { max } from '../reduce/max.ts';
import { stack } from '../stack.ts';
import { boxesOf } from './boxes.ts';
import { type Pooling, sampledAxis } from './sampled-axis.ts';
import { imagePlane, type SamplingOptions, samplingRules } from './sampling.ts';

/** Options of `roiAlign`. */
export interface RoiAlignOptions<Size extends PerAxis = PerAxis> extends SamplingOptions<Size> {
  /**
   * Whether coordinates name the centres of elements, so that half an element is taken off, and boxes may be shorter than
   * one; default false, as in torchvision. ONNX's `half_pixel` is true.
   */
  readonly aligned?: boolean;
  /**
   * The mean of a bin's samples (the default), their maximum, or `max-tap`, the greatest of the four weighed neighbours of
   * all samples: what ONNX's examples and its runtime take for a maximum.
   */
  readonly mode?: Pooling;
}

/**
 * x[N,C,H,W] sampled linearly in the bins of boxes [K,5], each (image, x1, y1, x2, y2): [K,C,height,width], as
 * torchvision's `roi_align` and ONNX's RoiAlign, with a gradient to the boxes too (operators.md 17). A sample up to one element outside reads
 * the border, one further away counts as 0: there the value jumps, and the gradient is that of the side taken.
 *
 * @throws CotangentError `region/image`, `region/boxes` or `region/options`; at run time `value/range` for a box in no
 * image, or with more samples than `maxSamples`.
 */
export const roiAlign: <X extends Shape, B extends Shape, D extends DType, E extends DType, const Size extends PerAxis>(
  x: Tensor<X, D> & Float<D>,
  boxes: Tensor<B, E> & SameDType<D, E> & Fits<RegionShape<X, B, Size>>,
  options: RoiAlignOptions<Size>,
) => Tensor<Sized<RegionShape<X, B, Size>>, D & E> = typed((x: Tensor, boxes: Tensor, options: RoiAlignOptions) =>
  composite('roiAlign', { x, boxes }, () => {
    const { aligned = false, mode: pooling = 'avg' } = options;
    const regions = boxesOf(x, boxes, options);
    const { count, image, bins } = regions;
    const rules = samplingRules(x, regions, options);
    const [rows, columns] = regions.axes.map((edges, k) =>
      sampledAxis(edges, { ...rules[k]!, aligned, atLeastOne: !aligned, pooling }),
    );
    const [up, across] = [rows!.positions.shape[2]!, columns!.positions.shape[2]!];
    // Every row of samples meets every column: [K, height, samples, width, samples].
    const places = [count, bins[0], up, bins[1], across];
    const alongRows = (t: Tensor): Tensor => reshape(t, [count, bins[0], up, 1, 1]);
    const alongColumns = (t: Tensor): Tensor => reshape(t, [count, 1, 1, bins[1], across]);
    const positions = [
      reshape(image, [count, 1, 1, 1, 1]),
      alongRows(rows!.positions),
      alongColumns(columns!.positions),
    ].map((t) => broadcastTo(t, places));
    const p = reshape(stack(positions), [1, 3, -1]);
    const [images, channels, ...size] = x.shape as readonly [number, number, number, number];
    const all = reshape(transpose(x, [1, 0, 2, 3]), [1, channels, images, ...size]);
    const read = reshape(sample(all, p, imagePlane), [channels, ...places]);
    const weighed = mul(read, mul(alongRows(rows!.factors), alongColumns(columns!.factors)));
    const y = pooling === 'avg' ? sum(weighed, { axes: [3, 5] }) : max(weighed, { axes: [3, 5] });
    return transpose(y, [1, 0, 2, 3]);
  }),
);
