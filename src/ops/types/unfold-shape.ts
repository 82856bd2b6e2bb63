import type { Shape } from '../../graph/shape.ts';
import type { FloorDiv, Multiply, Product } from './dims.ts';
import type { AnyPoolShape } from './pool-shape.ts';

type Spatial<S extends Shape> = S extends readonly [number, number, ...infer P extends Shape] ? P : Shape;

type Filled<P extends Shape, K extends number> = { -readonly [I in keyof P]: K };

/** How many taps a kernel has over as many axes as x has after batch and channels. */
type Taps<X extends Shape, K> = K extends readonly number[]
  ? Product<K>
  : K extends number
    ? Product<Filled<Spatial<X>, K>>
    : number;

/** x[N,C,…] cut into windows: [N, C·taps, windows], or the refusal. */
export type UnfoldShape<X extends Shape, Kernel, Stride, Padding, Dilation> = [number] extends [X['length']]
  ? Shape
  : AnyPoolShape<X, Kernel, Stride, Padding, Dilation> extends infer Y
    ? Y extends Shape
      ? X extends readonly [infer N extends number, infer C extends number, ...Shape]
        ? [N, Multiply<C, Taps<X, Kernel>>, Product<Spatial<Y>>]
        : Shape
      : Y
    : never;

/** Columns [N, C·taps, windows] stamped onto planes of a size: [N, C, …size]. */
export type FoldShape<X extends Shape, Size extends Shape, Kernel> = [number] extends [X['length'] | Size['length']]
  ? Shape
  : X extends readonly [infer N extends number, infer CK extends number, number]
    ? [N, FloorDiv<CK, Taps<[1, 1, ...Size], Kernel>>, ...Size]
    : Shape;
