import type { FloatDType } from '../../graph/dtype.ts';

/** The type of an option in a record of options, or that of its default where it is not given; always a `Value`. */
export type Option<O, K extends string, Default extends Value, Value = unknown> = (
  K extends keyof O
    ? undefined extends O[K]
      ? Exclude<O[K], undefined> | Default
      : O[K]
    : Default
) extends infer V extends Value
  ? V
  : Value;

/** The element type that a layer's options ask for. */
export type DTypeOf<O> = Option<O, 'dtype', 'f32', FloatDType>;

/** The options as they were given, with the compiler's objection to any that do not exist: a misspelt one would be ignored. */
export type Known<O, Options> = O & { readonly [K in Exclude<keyof O, keyof Options>]: never };

/** A number for both spatial axes, or one for each. */
export type PerAxis = number | readonly [number, number];

/** Both of `PerAxis`. */
export type Pair<P> = P extends readonly [infer A extends number, infer B extends number]
  ? readonly [A, B]
  : P extends number
    ? readonly [P, P]
    : readonly [number, number];

/** Both values of an option that may stand for two. */
export const pairOf = (value: PerAxis): readonly [number, number] =>
  typeof value === 'number' ? [value, value] : value;
