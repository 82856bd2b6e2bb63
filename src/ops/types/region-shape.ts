import type { Shape } from '../../graph/shape.ts';
import type { FloorDiv, Multiply } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';
import type { Along } from './window-size.ts';

/** x[N,C,H,W] pooled in boxes [K,5]: [K,C,height,width], or the refusal. */
export type RegionShape<X extends Shape, B extends Shape, Size> = Boxed<
  X,
  B,
  [B[0] & number, X[1] & number, Along<Size, 0>, Along<Size, 1>]
>;

/** The same where every bin has channels of its own: [K,C/(height·width),height,width]. */
export type SensitiveShape<X extends Shape, B extends Shape, Size> = Boxed<
  X,
  B,
  [B[0] & number, FloorDiv<X[1] & number, Multiply<Along<Size, 0>, Along<Size, 1>>>, Along<Size, 0>, Along<Size, 1>]
>;

type Boxed<X extends Shape, B extends Shape, Y> = [number] extends [X['length'] | B['length']]
  ? Shape
  : [X['length'] & 4] extends [never]
    ? Refusal<'region/image', { x: ShowShape<X> }>
    : [B['length'] & 2] extends [never]
      ? Refusal<'region/boxes', { boxes: ShowShape<B> }>
      : [B[1] & 5] extends [never]
        ? Refusal<'region/boxes', { boxes: ShowShape<B> }>
        : Y;
