import type { Shape } from '../../graph/shape.ts';
import type { AxesOf, AxisOf } from './axis-of.ts';
import type { RankOf, SpatialRank } from './conv-shape.ts';
import type { Multiply } from './dims.ts';
import type { Unknown, With } from './edit-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';
import type { Along, NotPositive } from './window-size.ts';

/** Integer part of a number that is not negative. */
type Floor<N extends number> = `${N}` extends `${infer I extends number}.${string}` ? I : N;

type Extent<N extends number, Size, Scale, Axis extends number> = [Size] extends [undefined]
  ? Along<Scale, Axis> extends infer F extends number
    ? number extends N | F
      ? number
      : Floor<Multiply<N, F>> extends infer Y extends number
        ? NotPositive<Y> extends true
          ? Refusal<'resize/size', { size: N; axis: Axis; scale: F }>
          : Y
        : never
    : never
  : Along<Size, Axis>;

type Spatial<X extends Shape, Size, Scale, Done extends number[]> = X extends readonly [
  infer N extends number,
  ...infer Tail extends Shape,
]
  ? Extent<N, Size, Scale, Done['length']> extends infer Y
    ? Y extends number
      ? Spatial<Tail, Size, Scale, [...Done, Y]>
      : Y
    : never
  : Done;

/** x[N,C,…] with new sizes, or its sizes scaled and rounded down, over `R` spatial axes; or the refusal. */
export type ResizeShape<
  R extends SpatialRank,
  X extends Shape,
  Size,
  Scale,
  Code extends 'resize/rank' | 'pool/rank' = 'resize/rank',
> = [number] extends [X['length']]
  ? Shape
  : X extends readonly [infer N extends number, infer C extends number, ...infer XSpatial extends Shape]
    ? X['length'] extends RankOf[R]
      ? Spatial<XSpatial, Size, Scale, []> extends infer Y
        ? Y extends Shape
          ? [N, C, ...Y]
          : Y
        : never
      : Refusal<Code, { x: ShowShape<X>; rank: RankOf[R] }>
    : Refusal<Code, { x: ShowShape<X>; rank: RankOf[R] }>;

/** x[N,C,…] with all spatial axes scaled and rounded down, however many there are; or the refusal. */
export type UpsampleShape<X extends Shape, Scale> = [number] extends [X['length']]
  ? Shape
  : X['length'] extends 3
    ? ResizeShape<1, X, undefined, Scale>
    : X['length'] extends 4
      ? ResizeShape<2, X, undefined, Scale>
      : X['length'] extends 5
        ? ResizeShape<3, X, undefined, Scale>
        : Shape;

/** x with new sizes, or its sizes scaled and rounded down, along some axes in any order; or the refusal. */
export type ResizeAxesShape<X extends Shape, Axes extends Shape, Size, Scale> = [number] extends [X['length']]
  ? Shape
  : AxesOf<X, Axes> extends infer Named
    ? Named extends number
      ? number extends Named
        ? Unknown<X>
        : AlongAxes<X, Axes, Size, Scale, [], X>
      : Named
    : never;

type AlongAxes<
  X extends Shape,
  Axes extends Shape,
  Size,
  Scale,
  Done extends 0[],
  Y extends Shape,
> = Axes extends readonly [infer H extends number, ...infer T extends Shape]
  ? AxisOf<X, H> extends infer A extends number
    ? Extent<X[A], Size, Scale, Done['length']> extends infer N
      ? N extends number
        ? AlongAxes<X, T, Size, Scale, [...Done, 0], With<Y, A, N>>
        : N
      : never
    : never
  : [...Y];
