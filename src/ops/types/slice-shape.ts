import type { Shape } from '../../graph/shape.ts';
import type { CeilDiv, IsNegative, Subtract } from './dims.ts';
import type { Unknown } from './edit-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** Elements start, start + step, … below limit; the refusal unless 0 ≤ start ≤ limit ≤ size. */
type Length<
  N extends number,
  Start extends number,
  Limit extends number,
  Step extends number,
  Axis extends number,
> = number extends Start | Limit
  ? number
  : true extends IsNegative<Start> | IsNegative<Subtract<Limit, Start>>
    ? Refusal<'slice/range', { start: Start; limit: Limit; size: N; axis: Axis }>
    : true extends (number extends N ? false : IsNegative<Subtract<N, Limit>>)
      ? Refusal<'slice/range', { start: Start; limit: Limit; size: N; axis: Axis }>
      : CeilDiv<Subtract<Limit, Start>, Step>;

type Cut<
  S extends Shape,
  Starts extends Shape,
  Limits extends Shape,
  Steps,
  Done extends number[] = [],
> = S extends readonly [infer N extends number, ...infer T extends Shape]
  ? Length<
      N,
      Starts[Done['length']],
      Limits[Done['length']],
      [Steps] extends [never] ? 1 : Steps extends Shape ? Steps[Done['length']] : 1,
      Done['length']
    > extends infer D
    ? D extends number
      ? Cut<T, Starts, Limits, Steps, [...Done, D]>
      : D
    : never
  : Done;

/** The part of x from `starts` up to `limits`, in steps; or the refusal. One value per axis each. */
export type SliceShape<
  S extends Shape,
  Starts extends Shape,
  Limits extends Shape,
  Steps extends Shape | undefined = never,
> = [number] extends [S['length']]
  ? Shape
  :
        | Lists<S, Starts, 'starts'>
        | Lists<S, Limits, 'limits'>
        | ([Steps] extends [never] ? true : Steps extends Shape ? Lists<S, Steps, 'steps'> : true) extends infer Ok
    ? [Ok] extends [true]
      ? Cut<S, Starts, Limits, Steps>
      : [Exclude<Ok, true>] extends [string]
        ? Exclude<Ok, true>
        : Unknown<S>
    : never;

/** Whether a list has one value per axis; false if nobody knows. */
type Lists<S extends Shape, L extends Shape, Which extends string> = [number] extends [L['length']]
  ? false
  : L['length'] extends S['length']
    ? true
    : Refusal<'slice/axes', { x: ShowShape<S>; rank: S['length']; given: L['length']; which: Which }>;
