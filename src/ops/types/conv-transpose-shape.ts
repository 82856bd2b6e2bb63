import type { Shape } from '../../graph/shape.ts';
import type { BiasOf, Fed, Groups, RankOf, Shared, SpatialRank } from './conv-shape.ts';
import type { Add, Multiply, Subtract } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';
import type { Along, Both, NotPositive, Span } from './window-size.ts';

/** (size − 1)·stride − padding + span + outputPadding, what does not depend on the size first. */
type Extent<
  N extends number,
  Spanned extends number,
  Stride extends number,
  Padding,
  OutputPadding extends number,
  Axis extends number,
> =
  Add<
    Multiply<N, Stride>,
    Add<Subtract<Subtract<Spanned, Stride>, Both<Padding>>, OutputPadding>
  > extends infer Y extends number
    ? number extends Y
      ? number
      : NotPositive<Y> extends true
        ? Refusal<'conv-transpose/window', { axis: Axis; size: N; result: Y }>
        : Y
    : never;

type Spatial<
  X extends Shape,
  W extends Shape,
  Stride,
  Padding,
  OutputPadding,
  Dilation,
  Done extends number[],
> = X extends readonly [infer N extends number, ...infer XTail extends Shape]
  ? W extends readonly [infer K extends number, ...infer WTail extends Shape]
    ? Extent<
        N,
        Span<K, Along<Dilation, Done['length']>>,
        Along<Stride, Done['length']>,
        Along<Padding, Done['length'], unknown>,
        Along<OutputPadding, Done['length']>,
        Done['length']
      > extends infer Y
      ? Y extends number
        ? Spatial<XTail, WTail, Stride, Padding, OutputPadding, Dilation, [...Done, Y]>
        : Y
      : never
    : Done
  : Done;

/** The adjoint of a convolution of x[N,C,…] with w[C,O/groups,…] over `R` spatial axes: [N,O,…], or the refusal. */
export type ConvTransposeShape<
  R extends SpatialRank,
  X extends Shape,
  W extends Shape,
  Stride = 1,
  Padding = 0,
  OutputPadding = 0,
  Dilation = 1,
  G extends number = 1,
> = [number] extends [X['length'] | W['length']]
  ? Shape
  : [X, W] extends [
        readonly [infer N extends number, infer C extends number, ...infer XSpatial extends Shape],
        readonly [infer I extends number, infer O extends number, ...infer WSpatial extends Shape],
      ]
    ? X['length'] | W['length'] extends RankOf[R]
      ? Fed<I, C> extends false
        ? Refusal<'conv-transpose/channels', { inputs: I; channels: C }>
        : Shared<I, G> extends false
          ? Refusal<'conv-transpose/groups', { inputs: I; groups: Groups<G> }>
          : Spatial<XSpatial, WSpatial, Stride, Padding, OutputPadding, Dilation, []> extends infer Y
            ? Y extends Shape
              ? [N, Multiply<O, G>, ...Y]
              : Y
            : never
      : Refusal<'conv/rank', { x: ShowShape<X>; w: ShowShape<W>; rank: RankOf[R] }>
    : Refusal<'conv/rank', { x: ShowShape<X>; w: ShowShape<W>; rank: RankOf[R] }>;

/** A bias of one number per output channel of w[C,O/groups,…], or the refusal. */
export type TransposedBiasShape<W extends Shape, G extends number, B extends Shape> = [number] extends [W['length']]
  ? B
  : BiasOf<Multiply<W[1], G>, B>;
