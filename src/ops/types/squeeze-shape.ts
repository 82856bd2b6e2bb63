import type { Shape } from '../../graph/shape.ts';
import type { AxisOf } from './axis-of.ts';
import type { Inserted, Without } from './edit-shape.ts';
import type { NamedAxes } from './reduce-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** The first of some axes whose size certainly is not 1; `never` if there is none. */
type Large<S extends Shape, Axes extends number, At extends 0[] = []> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? At['length'] extends Axes
    ? [H & 1] extends [never]
      ? At['length']
      : Large<T, Axes, [...At, 0]>
    : Large<T, Axes, [...At, 0]>
  : never;

/** The shape without axes of size 1, or the refusal. */
export type SqueezeShape<S extends Shape, Axes extends number | Shape> =
  NamedAxes<S, Axes> extends infer Gone
    ? [Gone] extends [number]
      ? number extends Gone
        ? Shape
        : Large<S, Gone> extends infer At
          ? [At] extends [never]
            ? Without<S, Gone>
            : At extends number
              ? Refusal<'squeeze/size', { x: ShowShape<S>; axis: At; size: S[At] }>
              : never
          : never
      : Gone
    : never;

/** The shape with a new axis of size 1 before an axis of the result, or the refusal. */
export type ExpandShape<S extends Shape, Axis extends number> = [number] extends [S['length']]
  ? Shape
  : AxisOf<[...S, 1], Axis> extends infer A
    ? A extends number
      ? Inserted<S, A, 1>
      : A
    : never;

/** The shape with a new axis of one element per class, or the refusal. */
export type OneHotShape<S extends Shape, Classes extends number, Axis extends number> = [number] extends [S['length']]
  ? Shape
  : AxisOf<[...S, 1], Axis> extends infer A
    ? A extends number
      ? Inserted<S, A, Classes>
      : A
    : never;
