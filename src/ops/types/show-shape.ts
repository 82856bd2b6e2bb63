import type { Shape } from '../../graph/shape.ts';

type Show<D extends number> = number extends D ? '?' : `${D}`;

type Join<S extends Shape> = S extends readonly [infer H extends number]
  ? Show<H>
  : S extends readonly [infer H extends number, ...infer T extends Shape]
    ? `${Show<H>},${Join<T>}`
    : '';

/** `[2,3,32,32]` as in run-time errors; dimensions that only run time knows are `?`. */
export type ShowShape<S extends Shape> = [number] extends [S['length']] ? '[…]' : `[${Join<S>}]`;
