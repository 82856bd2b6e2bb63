import type { Shape } from '../../graph/shape.ts';

type Take<S extends Shape, N extends number, Done extends number[] = []> = Done['length'] extends N
  ? Done
  : S extends readonly [infer H extends number, ...infer T extends Shape]
    ? Take<T, N, [...Done, H]>
    : Done;

/** The first `Batch` axes of x, then the axes that are scattered into. */
export type ScatterShape<X extends Shape, Batch extends number, T extends Shape> = [number] extends [
  X['length'] | Batch,
]
  ? Shape
  : [...Take<X, Batch>, ...T];
