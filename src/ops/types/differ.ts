import type { Shape } from '../../graph/shape.ts';

/** Whether two shapes are certainly different. */
export type Differ<A extends Shape, B extends Shape> = [number] extends [A['length'] | B['length']]
  ? false
  : A['length'] extends B['length']
    ? Any<A, B>
    : true;

type Any<A extends Shape, B extends Shape> = A extends readonly [infer M extends number, ...infer AT extends Shape]
  ? B extends readonly [infer N extends number, ...infer BT extends Shape]
    ? [M & N] extends [never]
      ? true
      : Any<AT, BT>
    : false
  : false;
