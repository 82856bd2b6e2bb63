import type { Shape } from '../../graph/shape.ts';
import type { Differ } from './differ.ts';
import type { CeilDiv, Multiply, Remainder, Subtract } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';
import type { Along, Both, Span, WindowCount } from './window-size.ts';

/** `1 group`, `2 groups`. */
export type Groups<G extends number> = G extends 1 ? '1 group' : `${G} groups`;

/** Rank of a batched tensor with channels and this many spatial axes. */
export interface RankOf {
  readonly 1: 3;
  readonly 2: 4;
  readonly 3: 5;
}
/** How many spatial axes there may be. */
export type SpatialRank = keyof RankOf;

/** What padding adds along one axis; `'full'` lets every partial overlap count, `'valid'` adds nothing. */
type Added<Padding, Spanned extends number> = Padding extends 'valid'
  ? 0
  : Padding extends 'full'
    ? Multiply<2, Subtract<Spanned, 1>>
    : Both<Padding>;

/** One output extent; `'same…'` keeps ⌈size / stride⌉. */
type Extent<
  N extends number,
  Spanned extends number,
  Stride extends number,
  Padding,
  Axis extends number,
> = Padding extends `same${string}`
  ? CeilDiv<N, Stride>
  : WindowCount<'conv/window', N, Added<Padding, Spanned>, Spanned, Stride, Axis>;

type Spatial<X extends Shape, W extends Shape, Stride, Padding, Dilation, Done extends number[]> = X extends readonly [
  infer N extends number,
  ...infer XTail extends Shape,
]
  ? W extends readonly [infer K extends number, ...infer WTail extends Shape]
    ? Extent<
        N,
        Span<K, Along<Dilation, Done['length']>>,
        Along<Stride, Done['length']>,
        Along<Padding, Done['length'], unknown>,
        Done['length']
      > extends infer Y
      ? Y extends number
        ? Spatial<XTail, WTail, Stride, Padding, Dilation, [...Done, Y]>
        : Y
      : never
    : Done
  : Done;

/** x[N,C,…] correlated with w[O,C/groups,…] over `R` spatial axes: [N,O,…], or the refusal. */
export type ConvShape<
  R extends SpatialRank,
  X extends Shape,
  W extends Shape,
  Stride = 1,
  Padding = 0,
  Dilation = 1,
  G extends number = 1,
> = [number] extends [X['length'] | W['length']]
  ? Shape
  : [X, W] extends [
        readonly [infer N extends number, infer C extends number, ...infer XSpatial extends Shape],
        readonly [infer O extends number, infer I extends number, ...infer WSpatial extends Shape],
      ]
    ? X['length'] | W['length'] extends RankOf[R]
      ? Fed<Multiply<I, G>, C> extends false
        ? Refusal<'conv/channels', { read: I; groups: Groups<G>; product: Multiply<I, G>; channels: C }>
        : Shared<O, G> extends false
          ? Refusal<'conv/groups', { outputs: O; groups: Groups<G> }>
          : Spatial<XSpatial, WSpatial, Stride, Padding, Dilation, []> extends infer Y
            ? Y extends Shape
              ? [N, O, ...Y]
              : Y
            : never
      : Refusal<'conv/rank', { x: ShowShape<X>; w: ShowShape<W>; rank: RankOf[R] }>
    : Refusal<'conv/rank', { x: ShowShape<X>; w: ShowShape<W>; rank: RankOf[R] }>;

/** Whether two sizes can be equal. */
export type Fed<A extends number, B extends number> = [A & B] extends [never] ? false : true;

/** Whether so many channels can be split into so many groups. */
export type Shared<Channels extends number, G extends number> = G extends 1
  ? true
  : Remainder<Channels, G> extends infer Rest
    ? Rest extends 0
      ? true
      : number extends Rest
        ? true
        : false
    : never;

/** A bias of one number per output channel of w[O,…], or the refusal. */
export type BiasShape<W extends Shape, B extends Shape> = [number] extends [W['length']] ? B : BiasOf<W[0], B>;

/** A bias [O], or the refusal. */
export type BiasOf<O extends number, B extends Shape> =
  Differ<readonly [O], B> extends true ? Refusal<'conv/bias', { bias: ShowShape<B>; outputs: O }> : B;
