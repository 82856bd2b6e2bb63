import { fail } from '../../graph/error.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { SpatialRank } from '../types/conv-shape.ts';
import type { Row } from '../window/weight-table.ts';
import { composite } from './composite.ts';
import type { PaddingOption } from './padding.ts';
import type { PerAxis } from './per-axis.ts';
import { type PoolAxis, type PoolOptions, poolAxes } from './pool-axes.ts';
import type { PoolFunction } from './pooling/pool-function.ts';
import { separable } from './separable.ts';

/** What a window's sum is divided by. */
export interface Divisor {
  /**
   * Whether padding counts as zeros of the mean; default true, as in PyTorch (ONNX and TensorFlow: false). What ceil mode
   * adds beyond it never counts. A mean of nothing is 0.
   */
  readonly countIncludePad?: boolean;
  /** Divides every sum by this number instead. */
  readonly divisorOverride?: number;
}

/** Options of `avgPool1d`, `avgPool2d`, `avgPool3d`. */
export interface AvgPoolOptions<
  Kernel extends PerAxis = PerAxis,
  Stride extends PerAxis = PerAxis,
  Padding extends PaddingOption = PaddingOption,
  Dilation extends PerAxis = PerAxis,
  Ceil extends boolean = boolean,
> extends PoolOptions<Kernel, Stride, Padding, Dilation, Ceil>,
    Divisor {}

/** Window means over `R` spatial axes; sizes that do not fit are compile errors where they are literal. */
export type AvgPoolFunction<R extends SpatialRank> = PoolFunction<R, Divisor>;

/** Window means over the last `rank` axes: per axis a linear map, whose rows hold one over the length that counts. */
export const avgPoolNd = (name: string, rank: number, x: Tensor, options: AvgPoolOptions): Tensor =>
  composite(name, { x }, () => separable(x, [undefined, undefined, ...meanRows(poolAxes(x, rank, options), options)]));

/** Per axis, the matrix of window means (operators.md 4); its transpose is the gradient, and average unpooling. */
export function meanRows(axes: readonly PoolAxis[], { countIncludePad = true, divisorOverride }: Divisor): Row[][] {
  if (divisorOverride !== undefined && !(Number.isFinite(divisorOverride) && divisorOverride !== 0))
    fail('pool/divisor', `divisorOverride is ${divisorOverride}`, 'give a number other than 0, or leave it out.');
  return axes.map((axis, i) => {
    // An override divides once, so it stands in the last axis' weights.
    const override = divisorOverride === undefined ? undefined : i === axes.length - 1 ? divisorOverride : 1;
    return Array.from({ length: axis.count }, (_, p) => {
      const { inside, padded } = readBy(axis, p);
      const divisor = override ?? (countIncludePad ? padded : inside.length);
      return inside.map((at) => [at, 1 / divisor] as const);
    });
  });
}

/** What window p reads: positions inside x, and how many taps stand in x or its padding, which ceil mode may pass. */
export function readBy(axis: PoolAxis, p: number): { readonly inside: readonly number[]; readonly padded: number } {
  const taps = Array.from({ length: axis.window }, (_, k) => p * axis.stride + k * axis.dilation - axis.lo);
  const padded = taps.filter((at) => at < axis.end);
  return { inside: padded.filter((at) => at >= 0 && at < axis.length), padded: padded.length };
}
