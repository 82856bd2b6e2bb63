import type { Shape } from '../../graph/shape.ts';
import type { AxesOf, AxisOf } from './axis-of.ts';
import type { With, Without } from './edit-shape.ts';

/** The axes that an option names: one, several, or (undefined) all, counted from the front; or the refusal. */
export type NamedAxes<S extends Shape, Axes> = [Axes] extends [never]
  ? 'all'
  : Axes extends number
    ? AxisOf<S, Axes>
    : Axes extends Shape
      ? AxesOf<S, Axes>
      : 'all';

/** The shape after reducing over axes, which vanish or stay with size 1; or the refusal. */
export type ReduceShape<S extends Shape, Axes = undefined, Keep = false> =
  NamedAxes<S, Axes> extends infer Over
    ? [Over] extends [number]
      ? Keep extends true
        ? With<S, Over, 1>
        : Without<S, Over>
      : Over extends 'all'
        ? Keep extends true
          ? Ones<S>
          : []
        : Over
    : never;

type Ones<S extends Shape> = [number] extends [S['length']] ? Shape : { -readonly [K in keyof S]: 1 };

/** A shape whose axis exists, unchanged; or the refusal. What softmax and its kin return. */
export type AlongAxis<S extends Shape, Axis extends number> =
  AxisOf<S, Axis> extends infer A ? (A extends string ? A : S) : never;
