import type { Shape } from '../../graph/shape.ts';
import type { Differ } from './differ.ts';
import type { Add } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** x[N,C,…] sampled at a grid [N,…,axes]: [N,C,…], or the refusal. */
export type GridSampleShape<X extends Shape, G extends Shape> = [number] extends [X['length'] | G['length']]
  ? Shape
  : X extends readonly [infer N extends number, infer C extends number, ...infer Spatial extends Shape]
    ? G extends readonly [infer M extends number, ...infer Points extends Shape, infer Axes extends number]
      ? [X['length'] & G['length']] extends [never]
        ? Misfit<X, G, N, Spatial['length']>
        : [(N & M) | 'batch'] extends ['batch']
          ? Misfit<X, G, N, Spatial['length']>
          : [(Axes & Spatial['length']) | 'axes'] extends ['axes']
            ? Misfit<X, G, N, Spatial['length']>
            : [N, C, ...Points]
      : Shape
    : Shape;

type Misfit<X extends Shape, G extends Shape, N extends number, Axes extends number> = Refusal<
  'grid-sample/grid',
  { grid: ShowShape<G>; x: ShowShape<X>; rank: X['length']; batch: N; axes: Axes }
>;

/** The grid that theta[N,axes,axes+1] makes for an image [N,C,…]: [N,…,axes], or the refusal. */
export type AffineGridShape<T extends Shape, Size extends Shape> = [number] extends [T['length'] | Size['length']]
  ? Shape
  : Size extends readonly [infer N extends number, number, ...infer Spatial extends Shape]
    ? Differ<T, readonly [N, Spatial['length'], Add<Spatial['length'], 1>]> extends true
      ? Refusal<
          'affine-grid/theta',
          {
            theta: ShowShape<T>;
            size: ShowShape<Size>;
            needed: ShowShape<readonly [N, Spatial['length'], Add<Spatial['length'], 1>]>;
          }
        >
      : [N, ...Spatial, Spatial['length']]
    : Shape;
