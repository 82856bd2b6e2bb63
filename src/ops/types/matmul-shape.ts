import type { Shape } from '../../graph/shape.ts';
import type { Broadcast } from './broadcast.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/** a[…,M,K] times b[…,K,N]: […,M,N], the leading axes broadcast; or the refusal. */
export type MatmulShape<A extends Shape, B extends Shape> = [number] extends [A['length'] | B['length']]
  ? Shape
  : [A, B] extends [
        readonly [...infer P extends Shape, infer M extends number, infer K extends number],
        readonly [...infer Q extends Shape, infer L extends number, infer N extends number],
      ]
    ? [K & L] extends [never]
      ? Refusal<'matmul/inner', { a: ShowShape<A>; b: ShowShape<B>; m: K; n: L }>
      : Broadcast<P, Q> extends infer Batch
        ? Batch extends Shape
          ? [...Batch, M, N]
          : Batch
        : never
    : Refusal<'matmul/rank', { a: ShowShape<A>; b: ShowShape<B> }>;
