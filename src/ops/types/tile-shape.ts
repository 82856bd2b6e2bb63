import type { Shape } from '../../graph/shape.ts';
import type { Multiply } from './dims.ts';

/** Every dimension times its repeats, aligned at the last axis. */
export type TileShape<S extends Shape, R extends Shape> = [number] extends [S['length'] | R['length']]
  ? Shape
  : Tiled<S, R, []>;

type Tiled<S extends Shape, R extends Shape, Done extends number[]> = S extends readonly [
  ...infer SHead extends Shape,
  infer D extends number,
]
  ? R extends readonly [...infer RHead extends Shape, infer N extends number]
    ? Tiled<SHead, RHead, [Multiply<D, N>, ...Done]>
    : [...S, ...Done]
  : [...R, ...Done];
