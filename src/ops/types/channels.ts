import type { Shape } from '../../graph/shape.ts';
import type { Differ } from './differ.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** A tensor of one element per channel of x[N,C,…], or the refusal. */
export type PerChannel<Name extends string, X extends Shape, P extends Shape> = [number] extends [X['length']]
  ? P
  : Differ<readonly [X[1]], P> extends true
    ? Refusal<'batch-norm/channels', { name: Name; given: ShowShape<P>; channels: X[1] }>
    : P;
