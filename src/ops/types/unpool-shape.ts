import type { Shape } from '../../graph/shape.ts';
import type { RankOf, SpatialRank } from './conv-shape.ts';
import type { ConvTransposeShape } from './conv-transpose-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ResizeShape } from './resize-shape.ts';
import type { ShowShape } from './show-shape.ts';

/** A kernel of these sizes, as a transposed convolution takes it. */
type Window<R extends SpatialRank, C extends number, K> = K extends readonly number[]
  ? [C, 1, ...K]
  : K extends number
    ? { 1: [C, 1, K]; 2: [C, 1, K, K]; 3: [C, 1, K, K, K] }[R]
    : Shape;

/** y[N,C,…] unpooled over `R` spatial axes: to the given size, or the smallest that pools to it; or the refusal. */
export type UnpoolShape<
  R extends SpatialRank,
  Y extends Shape,
  Kernel,
  Stride = Kernel,
  Padding = 0,
  Dilation = 1,
  Size = never,
> = [number] extends [Y['length']]
  ? Shape
  : Y['length'] extends RankOf[R]
    ? [Size] extends [never]
      ? ConvTransposeShape<R, Y, Window<R, Y[1] & number, Kernel>, Stride, Padding, 0, Dilation, Y[1] & number>
      : ResizeShape<R, Y, Size, undefined, 'pool/rank'>
    : Refusal<'pool/rank', { x: ShowShape<Y>; rank: RankOf[R] }>;
