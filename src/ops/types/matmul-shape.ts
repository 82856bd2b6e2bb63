import type { Shape } from '../../graph/shape.ts';
import type { Broadcast } from './broadcast.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';

/**
 * a[…,M,K] times b[…,K,N]: […,M,N], the leading axes broadcast; a vector a[K] or b[K] leaves no axis of its own. Or the
 * refusal.
 */
export type MatmulShape<A extends Shape, B extends Shape> = [number] extends [A['length'] | B['length']]
  ? Shape
  : A extends readonly [infer K extends number]
    ? B extends readonly [infer L extends number]
      ? Inner<A, B, K, L, []>
      : B extends readonly [...infer Q extends Shape, infer L extends number, infer N extends number]
        ? Inner<A, B, K, L, [...Q, N]>
        : Refusal<'matmul/rank', { a: ShowShape<A>; b: ShowShape<B> }>
    : A extends readonly [...infer P extends Shape, infer M extends number, infer K extends number]
      ? B extends readonly [infer L extends number]
        ? Inner<A, B, K, L, [...P, M]>
        : B extends readonly [...infer Q extends Shape, infer L extends number, infer N extends number]
          ? Broadcast<P, Q> extends infer Batch
            ? Inner<A, B, K, L, Batch extends Shape ? [...Batch, M, N] : Batch>
            : never
          : Refusal<'matmul/rank', { a: ShowShape<A>; b: ShowShape<B> }>
      : Refusal<'matmul/rank', { a: ShowShape<A>; b: ShowShape<B> }>;

/** The result where rows and columns are of one length. */
type Inner<A extends Shape, B extends Shape, K extends number, L extends number, Result> = [K & L] extends [never]
  ? Refusal<'matmul/inner', { a: ShowShape<A>; b: ShowShape<B>; m: K; n: L }>
  : Result;
