import type { DType } from '../../../graph/dtype.ts';
import { fail } from '../../../graph/error.ts';
import { type Shape, sizeOf } from '../../../graph/shape.ts';
import type { Tensor } from '../../../graph/tensor.ts';
import { i32, showType } from '../../../graph/type.ts';
import { constant } from '../../constant/constant.ts';
import { iota } from '../../constant/iota.ts';
import { add } from '../../pointwise/add.ts';
import { cast } from '../../pointwise/cast.ts';
import { floor } from '../../pointwise/floor.ts';
import { mul } from '../../pointwise/mul.ts';
import { sub } from '../../pointwise/sub.ts';
import { broadcastTo } from '../../shape/broadcast.ts';
import { concat } from '../../shape/concat.ts';
import { reshape } from '../../shape/reshape.ts';
import { slice } from '../../shape/slice.ts';
import type { Float } from '../../types/dtypes.ts';
import type { Fits, Sized } from '../../types/fits.ts';
import type { ResizeShape } from '../../types/resize-shape.ts';
import { argmaxBox } from '../../window/argmax-box.ts';
import { gather } from '../../window/gather.ts';
import { composite } from '../composite.ts';
import type { Pooled } from '../max-pool-nd.ts';
import { type PerAxis, perAxis } from '../per-axis.ts';
import { checkPoolRank } from '../pool-axes.ts';

/** Options of `fractionalMaxPool2d` and `fractionalMaxPool3d`. */
export interface FractionalMaxPoolOptions<Size extends PerAxis = PerAxis> {
  /** Size of the window. */
  readonly kernel: PerAxis;
  /** Spatial sizes of the result. */
  readonly size: Size;
  /**
   * [N, C, axes] numbers from 0 to below 1 that decide where windows stand, in PyTorch's order: along a plane's width,
   * then height; in a volume depth, height, width.
   */
  readonly samples: Tensor;
}

/** Max pooling with windows at pseudo-random distances, over 2 or 3 spatial axes. */
export type FractionalMaxPoolFunction<R extends 2 | 3> = <X extends Shape, D extends DType, const Size extends PerAxis>(
  x: Tensor<X, D> & Float<D> & Fits<ResizeShape<R, X, Size, undefined, 'pool/rank'>>,
  options: FractionalMaxPoolOptions<Size>,
) => Pooled<Sized<ResizeShape<R, X, Size, undefined, 'pool/rank'>>, D>;

/**
 * Maxima of windows whose distances vary about (L − k) / (n − 1), the first and last ones at the ends (Graham 2015), and
 * where they stood. All randomness comes from `samples`, through which no gradient flows.
 */
export const fractionalMaxPoolNd = (name: string, rank: 2 | 3, x: Tensor, options: FractionalMaxPoolOptions): Pooled =>
  composite(name, { x, samples: options.samples }, () => {
    checkPoolRank(x, rank);
    const { samples } = options;
    const [batch, channels, ...lengths] = x.shape as readonly [number, number, ...number[]];
    const [kernel, size] = [perAxis('kernel', options.kernel, rank), perAxis('size', options.size, rank)];
    if (samples.dtype !== x.dtype || samples.shape.join() !== [batch, channels, rank].join())
      fail(
        'pool/samples',
        `the samples are ${showType(samples)}`,
        `make them ${showType({ dtype: x.dtype, shape: [batch, channels, rank] })}.`,
      );
    const planes = batch * channels;
    const starts = lengths.map((length, i) => {
      const [window, count] = [kernel[i]!, size[i]!];
      if (window + count - 1 > length)
        fail(
          'pool/fraction',
          `${count} windows of ${window} do not stand apart in the ${length} elements along spatial axis ${i}`,
          'ask for a smaller result or a smaller window.',
        );
      const column = rank === 2 ? 1 - i : i;
      const sample = slice(reshape(samples, [planes, rank]), { starts: [0, column], limits: [planes, column + 1] });
      return windowStarts(sample, length, window, count);
    });
    const grid = [planes, ...size];
    const spread = (list: Tensor, axis: number): Tensor =>
      broadcastTo(
        reshape(list, [axis < 0 ? planes : list.shape[0]!, ...size.map((n, i) => (i === axis ? n : 1))]),
        grid,
      );
    const columns = [
      spread(iota(x.graph, i32(planes), 0), -1),
      ...starts.flatMap((list, i) => [spread(list, i), spread(add(list, kernel[i]!) as Tensor, i)]),
    ].map((column) => reshape(column, [sizeOf(grid), 1]));
    const apart = reshape(x, [planes, 1, ...lengths]);
    const whole = reshape(argmaxBox({ x: apart, box: concat(columns, 1) as Tensor }), [batch, channels, ...size]);
    const first = constant(
      x.graph,
      i32(batch, channels, ...size.map(() => 1)),
      Array.from({ length: planes }, (_, plane) => plane * sizeOf(lengths)),
    );
    const indices: Tensor = sub(whole, first);
    return { values: gather({ x, at: indices }, { batch: 2 }), indices: indices as Pooled['indices'] };
  });

/** ⌊(i + u)·α⌋ − ⌊u·α⌋ with α = (L − k) / (n − 1), and L − k for the last: i32[planes, n] of samples u[planes, 1]. */
function windowStarts(sample: Tensor, length: number, window: number, count: number): Tensor {
  const [planes] = sample.shape as readonly [number];
  const last = broadcastTo(constant(sample.graph, i32(1, 1), [length - window]), [planes, 1]);
  if (count === 1) return last;
  const alpha = (length - window) / (count - 1);
  const index = iota(sample.graph, { dtype: sample.dtype, shape: [1, count - 1] }, 1);
  const whole = (t: Tensor): Tensor => cast(floor(mul(t, alpha) as Tensor), 'i32');
  return concat([sub(whole(add(sample, index) as Tensor), whole(sample)) as Tensor, last], 1) as Tensor;
}
