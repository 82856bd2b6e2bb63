import type { Shape } from '../../graph/shape.ts';
import type { Add, IsNegative } from './dims.ts';
import type { Unknown } from './edit-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** Low and high padding per axis. */
export type Pads = readonly (readonly [number, number])[];

type Grow<Whole extends Shape, S extends Shape, P extends Pads, Done extends number[] = []> = S extends readonly [
  infer N extends number,
  ...infer T extends Shape,
]
  ? Add<Add<P[Done['length']][0], P[Done['length']][1]>, N> extends infer D extends number
    ? (number extends D ? false : IsNegative<D>) extends true
      ? Refusal<
          'pad/crop',
          { x: ShowShape<Whole>; axis: Done['length']; lo: P[Done['length']][0]; hi: P[Done['length']][1]; left: D }
        >
      : Grow<Whole, T, P, [...Done, D]>
    : never
  : Done;

/** The shape with padding added on both sides of every axis; or the refusal. */
export type PadShape<S extends Shape, P extends Pads> = [number] extends [S['length']]
  ? Shape
  : [number] extends [P['length']]
    ? Unknown<S>
    : P['length'] extends S['length']
      ? Grow<S, S, P>
      : Refusal<'pad/axes', { x: ShowShape<S>; rank: S['length']; given: P['length'] }>;
