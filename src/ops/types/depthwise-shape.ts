import type { Shape } from '../../graph/shape.ts';
import type { ConvShape, Fed, RankOf, SpatialRank } from './conv-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** The channels of x[N,C,…], as many as there are groups. */
type Channels<X extends Shape> = [number] extends [X['length']] ? number : X[1];

/** x[N,C,…] correlated channel by channel with w[C·m,1,…]: [N,C·m,…], or the refusal. */
export type DepthwiseShape<
  R extends SpatialRank,
  X extends Shape,
  W extends Shape,
  Stride,
  Padding,
  Dilation,
> = ConvShape<R, X, W, Stride, Padding, Dilation, Channels<X>>;

/** The taps of w[O,I,…]. */
type Taps<W extends Shape> = W extends readonly [number, number, ...infer K extends Shape] ? K : number;

/** x[N,C,…] pooled by w[C,1,…] or w[1,1,…]: [N,C,…], or the refusal. The stride is the kernel's size by default. */
export type LearnablePoolShape<R extends SpatialRank, X extends Shape, W extends Shape, Stride, Padding, Dilation> = [
  number,
] extends [X['length'] | W['length']]
  ? Shape
  : X['length'] | W['length'] extends RankOf[R]
    ? Fed<W[1], 1> extends false
      ? Refusal<'pool/weights', { w: ShowShape<W>; channels: Channels<X> }>
      : Fed<W[0], Channels<X> | 1> extends false
        ? Refusal<'pool/weights', { w: ShowShape<W>; channels: Channels<X> }>
        : W extends readonly [number, number, ...infer K extends Shape]
          ? ConvShape<
              R,
              X,
              readonly [Channels<X>, 1, ...K],
              [Stride] extends [never] ? Taps<W> : Stride,
              Padding,
              Dilation,
              Channels<X>
            >
          : Shape
    : Refusal<'conv/rank', { x: ShowShape<X>; w: ShowShape<W>; rank: RankOf[R] }>;
