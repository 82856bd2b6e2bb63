import type { Shape } from '../../graph/shape.ts';

/** As many dimensions, none of them known. */
export type Unknown<S extends Shape> = [number] extends [S['length']] ? Shape : { -readonly [K in keyof S]: number };

/** The shape with some dimensions replaced by one; axes counted from the front. */
export type With<S extends Shape, Axes extends number, D extends number> = [number] extends [S['length']]
  ? Shape
  : [Axes] extends [never]
    ? [...S]
    : number extends Axes
      ? Unknown<S>
      : { -readonly [K in keyof S]: K extends `${Axes}` ? D : S[K] };

/** The shape without some axes, counted from the front. */
export type Without<S extends Shape, Axes extends number> = [number] extends [S['length'] | Axes]
  ? Shape
  : Drop<S, Axes>;

type Drop<S extends Shape, Axes extends number, Kept extends number[] = [], At extends 0[] = []> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? Drop<T, Axes, At['length'] extends Axes ? Kept : [...Kept, H], [...At, 0]>
  : Kept;

/** The shape with a dimension put in before an axis, counted from the front. */
export type Inserted<S extends Shape, Axis extends number, D extends number> = [number] extends [S['length']]
  ? Shape
  : number extends Axis
    ? Unknown<[...S, D]>
    : Insert<S, Axis, D>;

type Insert<
  S extends Shape,
  Axis extends number,
  D extends number,
  Head extends number[] = [],
> = Head['length'] extends Axis
  ? [...Head, D, ...S]
  : S extends readonly [infer H extends number, ...infer T extends Shape]
    ? Insert<T, Axis, D, [...Head, H]>
    : Head;
