import type { DType } from '../../graph/dtype.ts';
import type { Shape } from '../../graph/shape.ts';
import type { Tensor } from '../../graph/tensor.ts';
import type { AxisOf } from './axis-of.ts';
import type { Add } from './dims.ts';
import type { Unknown, With } from './edit-shape.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

type Sum<S extends Shape, Total extends number = 0> = [number] extends [S['length']]
  ? number
  : S extends readonly [infer H extends number, ...infer T extends Shape]
    ? Sum<T, Add<Total, H>>
    : Total;

/** Whether pieces of these sizes fill an axis: true, or the refusal. */
export type SplitFits<S extends Shape, Sizes extends number | Shape, Axis extends number> =
  AxisOf<S, Axis> extends infer A
    ? A extends number
      ? [number] extends [A]
        ? true
        : Sizes extends Shape
          ? [Sum<Sizes> & S[A]] extends [never]
            ? Refusal<'split/sizes', { sizes: ShowShape<Sizes>; size: S[A]; axis: A; x: ShowShape<S> }>
            : true
          : true
      : A
    : never;

/** The pieces: a tuple for literal sizes, a list otherwise. */
export type SplitTensors<S extends Shape, D extends DType, Sizes extends number | Shape, Axis extends number> = [
  number,
] extends [S['length']]
  ? Tensor<Shape, D>[]
  : AxisOf<S, Axis> extends infer A extends number
    ? Sizes extends Shape
      ? { -readonly [K in keyof Sizes]: Tensor<Part<S, A, Sizes[K]>, D> }
      : Tensor<With<S, A, number>, D>[]
    : Tensor<Unknown<S>, D>[];

type Part<S extends Shape, Axis extends number, Size> =
  With<S, Axis, Size & number> extends infer P extends Shape ? P : Shape;
