import type { Shape } from '../../graph/shape.ts';
import type { AxisOf } from './axis-of.ts';
import type { FloorDiv, Remainder } from './dims.ts';
import type { With } from './edit-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** The shape with one axis half as long, or the refusal. */
export type HalvedShape<S extends Shape, Axis extends number> = [number] extends [S['length']]
  ? Shape
  : AxisOf<S, Axis> extends infer A
    ? A extends number
      ? Remainder<S[A], 2> extends 1
        ? Refusal<'glu/odd', { x: ShowShape<S>; axis: Axis; size: S[A] }>
        : With<S, A, FloorDiv<S[A], 2>>
      : A
    : never;
