import type { Shape } from '../../graph/shape.ts';
import type { AxisOf } from './axis-of.ts';
import type { With } from './edit-shape.ts';

/** The shape with one axis replaced by those of the indices; or the refusal. */
export type TakeShape<S extends Shape, T extends Shape, Axis extends number> = [number] extends [
  S['length'] | T['length'],
]
  ? Shape
  : AxisOf<S, Axis> extends infer A
    ? A extends number
      ? number extends A
        ? Shape
        : Replace<S, A, T>
      : A
    : never;

type Replace<S extends Shape, A extends number, T extends Shape, Head extends number[] = []> = S extends readonly [
  infer H extends number,
  ...infer R extends Shape,
]
  ? Head['length'] extends A
    ? [...Head, ...T, ...R]
    : Replace<R, A, T, [...Head, H]>
  : Head;

/** The shape with one axis of size K, or the refusal. */
export type TopKShape<S extends Shape, K extends number, Axis extends number> =
  AxisOf<S, Axis> extends infer A ? (A extends number ? With<S, A, K> : A) : never;

/** at[…,K] and x give […] and what of x is behind the axes that K indices name. */
export type GatherNdShape<S extends Shape, T extends Shape, Batch extends number> = [number] extends [
  S['length'] | T['length'] | Batch,
]
  ? Shape
  : T extends readonly [...infer Lead extends Shape, infer K extends number]
    ? number extends K
      ? Shape
      : [...Lead, ...Behind<Behind<S, Batch>, K>]
    : Shape;

/** The shape without its first N axes. */
type Behind<S extends Shape, N extends number, Gone extends 0[] = []> = Gone['length'] extends N
  ? S
  : S extends readonly [number, ...infer R extends Shape]
    ? Behind<R, N, [...Gone, 0]>
    : [];
