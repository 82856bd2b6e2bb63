import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';

/** The shape that an equation with an arrow and without ellipsis gives; any shape for others. */
export type EinsumShape<E extends string, T extends readonly Tensor[]> = string extends E
  ? Shape
  : WithoutBlanks<E> extends infer Plain
    ? Plain extends `${string}.${string}`
      ? Shape
      : Plain extends `${infer Terms}->${infer Output}`
        ? Picked<Letters<Output>, Sizes<Terms, T>>
        : Shape
    : never;

type WithoutBlanks<E extends string> = E extends `${infer A} ${infer B}` ? WithoutBlanks<`${A}${B}`> : E;

type Letters<E extends string, Done extends string[] = []> = E extends `${infer C}${infer Rest}`
  ? Letters<Rest, [...Done, C]>
  : Done;

/** Sizes by letter, of all terms together. */
type Sizes<Terms extends string, T extends readonly Tensor[]> = T extends readonly [
  infer H extends Tensor,
  ...infer R extends readonly Tensor[],
]
  ? Terms extends `${infer A},${infer B}`
    ? OfTerm<Letters<A>, H['shape']> & Sizes<B, R>
    : OfTerm<Letters<Terms>, H['shape']>
  : object;

type OfTerm<L extends readonly string[], S extends Shape> = L extends readonly [
  infer C extends string,
  ...infer LR extends readonly string[],
]
  ? S extends readonly [infer D extends number, ...infer SR extends Shape]
    ? { readonly [k in C]: D } & OfTerm<LR, SR>
    : object
  : object;

/** Sizes in the result's order; where several meet, 1 among them, run time knows. */
type Picked<L extends readonly string[], By, Done extends number[] = []> = L extends readonly [
  infer C extends string,
  ...infer R extends readonly string[],
]
  ? Picked<
      R,
      By,
      [
        ...Done,
        C extends keyof By ? ([By[C]] extends [never] ? number : By[C] extends number ? By[C] : number) : number,
      ]
    >
  : Done;
