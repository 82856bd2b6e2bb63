import type { Shape } from '../../graph/shape.ts';
import type { FloorDiv, Product, Remainder } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** The dimensions of the target but −1, which stands for the rest. */
type Given<T extends Shape, Kept extends number[] = []> = T extends readonly [
  infer H extends number,
  ...infer R extends Shape,
]
  ? Given<R, H extends -1 ? Kept : [...Kept, H]>
  : Kept;

type Fill<T extends Shape, D extends number> = { -readonly [K in keyof T]: T[K] extends -1 ? D : T[K] };

/** Without the dimensions, 0 excepted, that both begin with: their product needs not be worked out. */
type Cancel<S extends Shape, T extends Shape> = S extends readonly [infer H extends number, ...infer ST extends Shape]
  ? T extends readonly [infer I extends number, ...infer TT extends Shape]
    ? number extends H | I
      ? [S, T]
      : H extends 0
        ? [S, T]
        : [H, I] extends [I, H]
          ? Cancel<ST, TT>
          : [S, T]
    : [S, T]
  : [S, T];

/** The target with −1 worked out; or the refusal where the numbers of elements differ. */
export type ReshapeShape<S extends Shape, T extends Shape> = [number] extends [T['length']]
  ? Shape
  : [number] extends [S['length']]
    ? Fill<T, number>
    : Cancel<S, T> extends readonly [infer A extends Shape, infer B extends Shape]
      ? -1 extends B[number]
        ? Rest<S, T, Product<A>, Product<Given<B>>>
        : Same<Product<A>, Product<B>> extends true
          ? [...T]
          : Refusal<'reshape/size', { x: ShowShape<S>; have: Product<S>; shape: ShowShape<T>; want: Product<T> }>
      : never;

type Same<M extends number, N extends number> = [M & N] extends [never] ? false : true;

type Rest<S extends Shape, T extends Shape, Have extends number, Taken extends number> = number extends Have | Taken
  ? Fill<T, number>
  : Taken extends 0
    ? Refusal<'reshape/rest', { x: ShowShape<S>; have: Product<S>; shape: ShowShape<T> }>
    : Remainder<Have, Taken> extends 0
      ? Fill<T, FloorDiv<Have, Taken>>
      : Refusal<'reshape/rest', { x: ShowShape<S>; have: Product<S>; shape: ShowShape<T> }>;
