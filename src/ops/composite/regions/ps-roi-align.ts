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
import type { SensitiveShape } from '../../types/region-shape.ts';
import { sample } from '../../warp/sample.ts';
import { composite } from '../composite.ts';
import type { PerAxis } from '../per-axis.ts';
import { stack } from '../stack.ts';
import { boxesOf } from './boxes.ts';
import { channelsPerBin } from './channels-per-bin.ts';
import { sampledAxis } from './sampled-axis.ts';
import { imagePlane, type SamplingOptions, samplingRules } from './sampling.ts';

/**
 * The means of linear samples of x[N,C,H,W] in the bins of boxes [K,5], bin (i, j) of output channel c from channel
 * (c·height + i)·width + j alone: [K,C/(height·width),height,width], as torchvision's `ps_roi_align` (operators.md 17). Coordinates name the
 * centres of elements; the border is that of `roiAlign`; the boxes have a gradient too.
 *
 * @throws CotangentError `region/channels` unless every bin gets as many channels; else as `roiAlign`.
 */
export const psRoiAlign: <
  X extends Shape,
  B extends Shape,
  D extends DType,
  E extends DType,
  const Size extends PerAxis,
>(
  x: Tensor<X, D> & Float<D>,
  boxes: Tensor<B, E> & SameDType<D, E> & Fits<SensitiveShape<X, B, Size>>,
  options: SamplingOptions<Size>,
) => Tensor<Sized<SensitiveShape<X, B, Size>>, D & E> = typed((x: Tensor, boxes: Tensor, options: SamplingOptions) =>
  composite('psRoiAlign', { x, boxes }, () => {
    const regions = boxesOf(x, boxes, options);
    const { count, image, bins } = regions;
    const own = channelsPerBin(x, bins);
    const rules = samplingRules(x, regions, options);
    const [rows, columns] = regions.axes.map((edges, k) =>
      sampledAxis(edges, { ...rules[k]!, aligned: true, atLeastOne: false, pooling: 'avg' }),
    );
    const [up, across] = [rows!.positions.shape[2]!, columns!.positions.shape[2]!];
    // Bins come first, as each has its own channels: [height, width, K, samples, samples].
    const places = [...bins, count, up, across];
    const alongRows = (t: Tensor): Tensor => reshape(transpose(t, [1, 0, 2]), [bins[0], 1, count, up, 1]);
    const alongColumns = (t: Tensor): Tensor => reshape(transpose(t, [1, 0, 2]), [1, bins[1], count, 1, across]);
    const positions = [
      reshape(image, [1, 1, count, 1, 1]),
      alongRows(rows!.positions),
      alongColumns(columns!.positions),
    ].map((t) => broadcastTo(t, places));
    const cells = bins[0] * bins[1];
    const p = reshape(stack(positions, 2), [cells, 3, count * up * across]);
    const [images, , ...size] = x.shape as readonly [number, number, number, number];
    const planes = transpose(reshape(x, [images, own, cells, ...size]), [2, 1, 0, 3, 4]);
    const read = reshape(sample(planes, p, imagePlane), [...bins, own, count, up, across]);
    const factors = mul(alongRows(rows!.factors), alongColumns(columns!.factors));
    const weighed = mul(read, reshape(factors, [...bins, 1, count, up, across]));
    return transpose(sum(weighed, { axes: [4, 5] }), [3, 2, 0, 1]);
  }),
);
