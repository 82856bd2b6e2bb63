import type { Shape } from '../../graph/shape.ts';
import type { RankOf, SpatialRank } from './conv-shape.ts';
import type { Add, CeilDiv, IsNegative, Multiply, Subtract } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';
import type { Along, Both, NotPositive, Span, WindowCount } from './window-size.ts';

type Low<Padding> = Padding extends number
  ? Padding
  : Padding extends readonly [infer L extends number, number]
    ? L
    : number;

/** ⌈(size + padding − span) / stride⌉ + 1; a last window that would begin in the high padding does not count. */
type CeilCount<Size extends number, Padding, Spanned extends number, Stride extends number, Axis extends number> =
  Add<Size, Add<Subtract<Both<Padding>, Spanned>, Stride>> extends infer Starts extends number
    ? number extends Starts
      ? number
      : NotPositive<Starts> extends true
        ? NoWindow<Size, Padding, Spanned, Axis>
        : Subtract<CeilDiv<Starts, Stride>, 1> extends infer Last extends number
          ? IsNegative<Subtract<Multiply<Last, Stride>, Add<Size, Low<Padding>>>> extends true
            ? Add<Last, 1>
            : Last extends 0
              ? NoWindow<Size, Padding, Spanned, Axis>
              : Last
          : never
    : never;

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
