import type { Add, Divide, Mod, Multiply, Subtract } from 'ts-arithmetic';

// Arithmetic on dimensions. `number`, a dimension that only run time knows, gives `number`.
export type { Add, Multiply, Subtract };

/** Whether a number is below zero. */
export type IsNegative<N extends number> = `${N}` extends `-${string}` ? true : false;

/** a mod b, for b ≥ 1. */
export type Remainder<A extends number, B extends number> = B extends 1 ? 0 : Mod<A, B>;

/** ⌊a / b⌋ for whole a ≥ 0 and b ≥ 1. */
export type FloorDiv<A extends number, B extends number> = B extends 1
  ? A
  : number extends A | B
    ? number
    : Divide<Subtract<A, Remainder<A, B>>, B>;

/** ⌈a / b⌉ for whole a ≥ 0 and b ≥ 1. */
export type CeilDiv<A extends number, B extends number> = B extends 1
  ? A
  : number extends A | B
    ? number
    : Remainder<A, B> extends 0
      ? Divide<A, B>
      : Add<FloorDiv<A, B>, 1>;

/** The product of dimensions; 1 of none. */
export type Product<S extends readonly number[], P extends number = 1> = [number] extends [S['length']]
  ? number
  : S extends readonly [infer H extends number, ...infer T extends readonly number[]]
    ? Product<T, Multiply<P, H>>
    : P;
