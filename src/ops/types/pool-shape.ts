import type { Shape } from '../../graph/shape.ts';
import type { RankOf, SpatialRank } from './conv-shape.ts';
import type { Add, CeilDiv, IsNegative, Multiply, Subtract } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';
import type { Along, Both, Span, WindowCount } from './window-size.ts';

type Low<Padding> = Padding extends number
  ? Padding
  : Padding extends readonly [infer L extends number, number]
    ? L
    : number;

/** ⌈(size + padding − span) / stride⌉ + 1; a last window that would begin in the high padding does not count. */
type CeilCount<Size extends number, Padding, Spanned extends number, Stride extends number, Axis extends number> =
  WindowCount<'pool/window', Size, Both<Padding>, Spanned, Stride, Axis> extends infer Floor
    ? Floor extends number
      ? number extends Floor
        ? number
        : CeilDiv<Add<Size, Subtract<Both<Padding>, Spanned>>, Stride> extends infer Last extends number
          ? IsNegative<Subtract<Multiply<Last, Stride>, Add<Size, Low<Padding>>>> extends true
            ? Add<Last, 1>
            : Last
          : never
      : Floor
    : never;

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

type Count<
  N extends number,
  Padding,
  Spanned extends number,
  Stride extends number,
  Axis extends number,
  Ceil,
> = Ceil extends false
  ? WindowCount<'pool/window', N, Both<Padding>, Spanned, Stride, Axis>
  : CeilCount<N, Padding, Spanned, Stride, Axis>;

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
