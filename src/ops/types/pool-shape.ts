import type { Shape } from '../../graph/shape.ts';
import type { RankOf, SpatialRank } from './conv-shape.ts';
import type { Add, CeilDiv, IsNegative, Multiply, Subtract } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ResizeShape } from './resize-shape.ts';
import type { ShowShape } from './show-shape.ts';
import type { Along, Both, NotPositive, Span, WindowCount } from './window-size.ts';

type Low<Padding> = Padding extends number
  ? Padding
  : Padding extends readonly [infer L extends number, number]
    ? L
    : number;

/** ⌈(size + padding − span) / stride⌉ + 1; windows that would begin in the high padding do not count. */
type CeilCount<Size extends number, Padding, Spanned extends number, Stride extends number, Axis extends number> =
  Add<Size, Add<Subtract<Both<Padding>, Spanned>, Stride>> extends infer Starts extends number
    ? number extends Starts
      ? number
      : NotPositive<Starts> extends true
        ? NoWindow<Size, Padding, Spanned, Axis>
        : NotPositive<Add<Size, Low<Padding>>> extends true
          ? NoWindow<Size, Padding, Spanned, Axis>
          : Least<CeilDiv<Starts, Stride>, CeilDiv<Add<Size, Low<Padding>>, Stride>>
    : never;

type Least<A extends number, B extends number> = number extends B
  ? number
  : IsNegative<Subtract<A, B>> extends true
    ? A
    : B;

type NoWindow<Size extends number, Padding, Spanned extends number, Axis extends number> = Refusal<
  'pool/window',
  { axis: Axis; need: Spanned; have: Add<Size, Both<Padding>> }
>;

type Spatial<X extends Shape, Kernel, Stride, Padding, Dilation, Ceil, Done extends number[]> = X extends readonly [
  infer N extends number,
  ...infer Tail extends Shape,
]
  ? Count<
      N,
      Along<Padding, Done['length'], unknown>,
      Span<Along<Kernel, Done['length']>, Along<Dilation, Done['length']>>,
      Along<Stride, Done['length']>,
      Done['length'],
      Ceil
    > extends infer Y
    ? Y extends number
      ? Spatial<Tail, Kernel, Stride, Padding, Dilation, Ceil, [...Done, Y]>
      : Y
    : never
  : Done;

/** Windows along one axis; `'same…'` keeps ⌈size / stride⌉, in ceil mode too. */
type Count<
  N extends number,
  Padding,
  Spanned extends number,
  Stride extends number,
  Axis extends number,
  Ceil,
> = Padding extends `same${string}`
  ? CeilDiv<N, Stride>
  : Counted<N, Padding extends string ? Added<Padding, Spanned> : Padding, Spanned, Stride, Axis, Ceil>;

type Counted<
  N extends number,
  Padding,
  Spanned extends number,
  Stride extends number,
  Axis extends number,
  Ceil,
> = Ceil extends false
  ? WindowCount<'pool/window', N, Both<Padding>, Spanned, Stride, Axis>
  : CeilCount<N, Padding, Spanned, Stride, Axis>;

/** What `'valid'` and `'full'` pad, on both sides. */
type Added<Padding, Spanned extends number> = Padding extends 'full' ? Subtract<Spanned, 1> : 0;

/** x[N,C,…] pooled over `R` spatial axes, or the refusal. The stride is the kernel's size by default. */
export type PoolShape<
  R extends SpatialRank,
  X extends Shape,
  Kernel,
  Stride = Kernel,
  Padding = 0,
  Dilation = 1,
  Ceil = false,
> = [number] extends [X['length']]
  ? Shape
  : X extends readonly [infer N extends number, infer C extends number, ...infer XSpatial extends Shape]
    ? X['length'] extends RankOf[R]
      ? Spatial<XSpatial, Kernel, Stride, Padding, Dilation, Ceil, []> extends infer Y
        ? Y extends Shape
          ? [N, C, ...Y]
          : Y
        : never
      : Refusal<'pool/rank', { x: ShowShape<X>; rank: RankOf[R] }>
    : Refusal<'pool/rank', { x: ShowShape<X>; rank: RankOf[R] }>;

/** `PoolShape` over all spatial axes, however many there are. */
export type AnyPoolShape<X extends Shape, Kernel, Stride = Kernel, Padding = 0, Dilation = 1, Ceil = false> = [
  number,
] extends [X['length']]
  ? Shape
  : X['length'] extends 3
    ? PoolShape<1, X, Kernel, Stride, Padding, Dilation, Ceil>
    : X['length'] extends 4
      ? PoolShape<2, X, Kernel, Stride, Padding, Dilation, Ceil>
      : X['length'] extends 5
        ? PoolShape<3, X, Kernel, Stride, Padding, Dilation, Ceil>
        : Shape;

/** x[N,C,…] with all spatial axes of new sizes, however many there are. */
export type AnyResizedShape<X extends Shape, Size> = [number] extends [X['length']]
  ? Shape
  : X['length'] extends 3
    ? ResizeShape<1, X, Size, undefined, 'pool/rank'>
    : X['length'] extends 4
      ? ResizeShape<2, X, Size, undefined, 'pool/rank'>
      : X['length'] extends 5
        ? ResizeShape<3, X, Size, undefined, 'pool/rank'>
        : Shape;

/** x[N,C,…] with every spatial axis 1. */
export type GlobalShape<X extends Shape> = [number] extends [X['length']]
  ? Shape
  : X extends readonly [infer N extends number, infer C extends number, ...infer Spatial extends Shape]
    ? [N, C, ...{ -readonly [K in keyof Spatial]: 1 }]
    : Shape;

/** [N, C·Σ levelᴿ]: what a pyramid of grids holds. */
export type PyramidShape<R extends SpatialRank, X extends Shape, Levels extends Shape> = [number] extends [X['length']]
  ? Shape
  : X extends readonly [infer N extends number, infer C extends number, ...Shape]
    ? X['length'] extends RankOf[R]
      ? [N, Multiply<C, Cells<R, Levels>>]
      : Refusal<'pool/rank', { x: ShowShape<X>; rank: RankOf[R] }>
    : Refusal<'pool/rank', { x: ShowShape<X>; rank: RankOf[R] }>;

type Cells<R extends SpatialRank, Levels extends Shape, Sum extends number = 0> = [number] extends [Levels['length']]
  ? number
  : Levels extends readonly [infer L extends number, ...infer Rest extends Shape]
    ? Cells<R, Rest, Add<Sum, R extends 1 ? L : R extends 2 ? Multiply<L, L> : Multiply<L, Multiply<L, L>>>>
    : Sum;
