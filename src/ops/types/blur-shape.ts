import type { Shape } from '../../graph/shape.ts';
import type { CeilDiv } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';
import type { Along } from './window-size.ts';

type Kept<Spatial extends Shape, Stride, Done extends number[] = []> = Spatial extends readonly [
  infer N extends number,
  ...infer T extends Shape,
]
  ? Kept<T, Stride, [...Done, CeilDiv<N, Along<Stride, Done['length']>>]>
  : Done;

/** x[N,C,…] with every stride-th element of every spatial axis: ⌈size / stride⌉; or the refusal. */
export type BlurShape<X extends Shape, Stride> = [number] extends [X['length']]
  ? Shape
  : X extends readonly [
        infer N extends number,
        infer C extends number,
        ...infer Spatial extends readonly [number, ...Shape],
      ]
    ? [N, C, ...Kept<Spatial, Stride>]
    : Refusal<'blur/rank', { x: ShowShape<X> }>;
