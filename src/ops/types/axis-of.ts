import type { Shape } from '../../graph/shape.ts';
import type { Subtract } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** An axis counted from the front; negative ones count from the back. `number` if rank or axis are not known. */
export type AxisOf<S extends Shape, A extends number> = [number] extends [S['length'] | A]
  ? number
  : (`${A}` extends `-${infer Back extends number}` ? Subtract<S['length'], Back> : A) extends infer I extends number
    ? `${I}` extends keyof S
      ? I
      : Refusal<'axes/range', { x: ShowShape<S>; axis: A }>
    : never;

/** The union of several axes counted from the front, each named once, or the refusal; `number` if one is not known. */
export type AxesOf<S extends Shape, A extends Shape> = [number] extends [S['length'] | A['length'] | A[number]]
  ? number
  : Collect<S, A, A, never>;

type Collect<
  S extends Shape,
  A extends Shape,
  Rest extends Shape,
  Done extends number,
  Twice = false,
> = Rest extends readonly [infer H extends number, ...infer T extends Shape]
  ? AxisOf<S, H> extends infer I
    ? I extends number
      ? Collect<S, A, T, Done | I, I extends Done ? true : Twice>
      : I
    : never
  : Twice extends true
    ? Refusal<'axes/repeated', { x: ShowShape<S>; axes: ShowShape<A> }>
    : Done;
