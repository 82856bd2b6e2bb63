import type { Shape } from '../../graph/shape.ts';
import type { Differ } from './differ.ts';
import type { Sized } from './fits.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** One dimension of two that meet; `never` where they cannot. */
type Meet<M extends number, N extends number> = [M] extends [1]
  ? N
  : [N] extends [1]
    ? M
    : 1 extends M
      ? 1 extends N
        ? number
        : number extends M
          ? N
          : number
      : 1 extends N
        ? number extends N
          ? M
          : number
        : M & N;

type Walk<
  A extends Shape,
  B extends Shape,
  X extends Shape,
  Y extends Shape,
  Done extends number[],
> = X extends readonly [...infer XHead extends Shape, infer M extends number]
  ? Y extends readonly [...infer YHead extends Shape, infer N extends number]
    ? [Meet<M, N>] extends [never]
      ? Refusal<'broadcast/shapes', { a: ShowShape<A>; b: ShowShape<B>; m: M; n: N }>
      : Walk<A, B, XHead, YHead, [Meet<M, N>, ...Done]>
    : [...X, ...Done]
  : [...Y, ...Done];

/** The shape two shapes have together, NumPy's rule: aligned at the last axis, sizes equal or 1. */
export type Broadcast<A extends Shape, B extends Shape> = [number] extends [A['length'] | B['length']]
  ? Shape
  : B extends readonly []
    ? A
    : Walk<A, B, A, B, []>;

/** The shape of a result that broadcasts; a scalar leaves the other as it is, even where that is generic. */
export type Broadcasted<A extends Shape, B extends Shape> = B extends readonly []
  ? A
  : A extends readonly []
    ? B
    : Sized<Broadcast<A, B>>;

/** The shape that a mask C and its two alternatives have together. */
export type Broadcast3<A extends Shape, B extends Shape, C extends Shape> =
  Broadcast<A, B> extends infer R ? (R extends Shape ? Broadcast<C, R> : R) : never;

/** The target, if the shape broadcasts to it. */
export type BroadcastTo<X extends Shape, Target extends Shape> = [number] extends [Target['length']]
  ? Shape
  : Broadcast<X, Target> extends infer R extends Shape
    ? Differ<R, Target> extends true
      ? Refusal<'broadcast/target', { x: ShowShape<X>; target: ShowShape<Target> }>
      : [...Target]
    : Refusal<'broadcast/target', { x: ShowShape<X>; target: ShowShape<Target> }>;
