import type { Shape } from '../../graph/shape.ts';
import type { AxisOf } from './axis-of.ts';
import type { Add } from './dims.ts';
import type { Inserted, Unknown, With } from './edit-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** What a list of tensors shows of itself. */
type Shaped = { readonly shape: Shape };

/** The first axis but `Axis` on which two shapes of one rank certainly differ; `never` if there is none. */
type Misfit<A extends Shape, B extends Shape, Axis extends number, At extends 0[] = []> = A extends readonly [
  infer M extends number,
  ...infer AT extends Shape,
]
  ? B extends readonly [infer N extends number, ...infer BT extends Shape]
    ? [M & N] extends [never]
      ? At['length'] extends Axis
        ? Misfit<AT, BT, Axis, [...At, 0]>
        : At['length']
      : Misfit<AT, BT, Axis, [...At, 0]>
    : never
  : never;

type Join<
  First extends Shape,
  Rest extends readonly Shaped[],
  Axis extends number,
  Sum extends number,
  Done extends Shape,
  K extends 0[] = [0],
> = Rest extends readonly [{ readonly shape: infer B extends Shape }, ...infer T extends readonly Shaped[]]
  ? [number] extends [B['length']]
    ? Shape
    : B['length'] extends First['length']
      ? Misfit<First, B, Axis> extends infer At
        ? [At] extends [never]
          ? Join<First, T, Axis, Add<Sum, B[Axis]>, Known<Done, B>, [...K, 0]>
          : At extends number
            ? Refusal<
                'concat/sizes',
                { k: K['length']; a: ShowShape<First>; b: ShowShape<B>; at: At; m: First[At]; n: B[At]; axis: Axis }
              >
            : never
        : never
      : Refusal<'concat/rank', { k: K['length']; a: ShowShape<First>; b: ShowShape<B> }>
  : With<Done, Axis, Sum>;

/** Dimensions of two equal shapes, taking the literal one where the other is `number`. */
type Known<A extends Shape, B extends Shape> = {
  -readonly [K in keyof A]: K extends keyof B ? A[K] & B[K] & number : A[K];
};

/** Tensors joined along an axis: sizes add up there and are equal elsewhere; or the refusal. */
export type ConcatShape<T extends readonly Shaped[], Axis extends number> = T extends readonly [
  { readonly shape: infer First extends Shape },
  ...infer Rest extends readonly Shaped[],
]
  ? [number] extends [First['length']]
    ? Shape
    : AxisOf<First, Axis> extends infer A
      ? A extends number
        ? number extends A
          ? Unknown<First>
          : Join<First, Rest, A, First[A], First>
        : A
      : never
  : T extends readonly [Shaped, ...Shaped[]]
    ? Shape
    : Unknown<T[number]['shape']>;

type Equal<First extends Shape, Rest extends readonly Shaped[], K extends 0[] = [0]> = Rest extends readonly [
  { readonly shape: infer B extends Shape },
  ...infer T extends readonly Shaped[],
]
  ? [number] extends [B['length']]
    ? Equal<First, T, [...K, 0]>
    : B['length'] extends First['length']
      ? [Misfit<First, B, never>] extends [never]
        ? Equal<First, T, [...K, 0]>
        : Refusal<'stack/shapes', { k: K['length']; a: ShowShape<First>; b: ShowShape<B> }>
      : Refusal<'stack/shapes', { k: K['length']; a: ShowShape<First>; b: ShowShape<B> }>
  : First;

/** Tensors of one shape joined along a new axis, which gets their number; or the refusal. */
export type StackShape<T extends readonly Shaped[], Axis extends number> = T extends readonly [
  { readonly shape: infer First extends Shape },
  ...infer Rest extends readonly Shaped[],
]
  ? [number] extends [First['length']]
    ? Shape
    : Equal<First, Rest> extends infer E
      ? E extends Shape
        ? AxisOf<[...First, 1], Axis> extends infer A
          ? A extends number
            ? Inserted<First, A, T['length']>
            : A
          : never
        : E
      : never
  : Shape;
