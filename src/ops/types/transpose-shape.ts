import type { Shape } from '../../graph/shape.ts';
import type { Unknown } from './edit-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** `'0' | '1' | …`, one per element of a tuple. */
type Indices<T extends readonly unknown[]> = Extract<keyof T, `${number}`>;

/** The shape with axis k taken from axis P[k]; all reversed without a permutation; or the refusal. */
export type TransposeShape<S extends Shape, P extends Shape | undefined = undefined> = [number] extends [S['length']]
  ? Shape
  : P extends Shape
    ? [number] extends [P['length']]
      ? Unknown<S>
      : P['length'] extends S['length']
        ? number extends P[number]
          ? Unknown<S>
          : [Indices<S>] extends [`${P[number]}`]
            ? Picked<S, P>
            : Refusal<'transpose/permutation', { permutation: ShowShape<P>; x: ShowShape<S> }>
        : Refusal<'transpose/permutation', { permutation: ShowShape<P>; x: ShowShape<S> }>
    : Reversed<S>;

// Not a mapped type over P: where P is left out, the compiler would guess it from the type that the result should have.
type Picked<S extends Shape, P extends Shape, Done extends number[] = []> = P extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? Picked<S, T, [...Done, S[H]]>
  : Done;

type Reversed<S extends Shape, Done extends number[] = []> = S extends readonly [
  infer H extends number,
  ...infer T extends Shape,
]
  ? Reversed<T, [H, ...Done]>
  : Done;
