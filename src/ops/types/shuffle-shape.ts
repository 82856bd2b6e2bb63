import type { Shape } from '../../graph/shape.ts';
import type { FloorDiv, Multiply, Remainder } from './dims.ts';
import type { Refusal } from './refusal.ts';
import type { ShowShape } from './show-shape.ts';
import type { Along } from './window-size.ts';

/** Elements of a block over as many axes. */
type Blocks<Spatial extends Shape, Block, Done extends 0[] = [], P extends number = 1> = Spatial extends readonly [
  number,
  ...infer T extends Shape,
]
  ? Blocks<T, Block, [...Done, 0], Multiply<P, Along<Block, Done['length']>>>
  : P;

type Longer<Spatial extends Shape, Block, Done extends number[] = []> = Spatial extends readonly [
  infer N extends number,
  ...infer T extends Shape,
]
  ? Longer<T, Block, [...Done, Multiply<N, Along<Block, Done['length']>>]>
  : Done;

type Shorter<Spatial extends Shape, Block, Done extends number[] = []> = Spatial extends readonly [
  infer N extends number,
  ...infer T extends Shape,
]
  ? Along<Block, Done['length']> extends infer B extends number
    ? Divided<N, B> extends false
      ? Refusal<'shuffle/size', { size: N; axis: Done['length']; block: B }>
      : Shorter<T, Block, [...Done, FloorDiv<N, B>]>
    : never
  : Done;

/** Whether b can divide a; true where only run time knows. */
type Divided<A extends number, B extends number> =
  Remainder<A, B> extends infer Rest ? (Rest extends 0 ? true : number extends Rest ? true : false) : never;

type TooFew<X extends Shape> = Refusal<'shuffle/rank', { x: ShowShape<X>; rank: 3 }>;

/** x[N,C·Πr,…] with channels spread over blocks of space; or the refusal. */
export type DepthToSpaceShape<X extends Shape, Block> = [number] extends [X['length']]
  ? Shape
  : X extends readonly [
        infer N extends number,
        infer C extends number,
        ...infer Spatial extends readonly [number, ...Shape],
      ]
    ? Blocks<Spatial, Block> extends infer R extends number
      ? Divided<C, R> extends false
        ? Refusal<'shuffle/channels', { channels: C; blocks: R }>
        : [N, FloorDiv<C, R>, ...Longer<Spatial, Block>]
      : never
    : TooFew<X>;

/** x[N,C,…] with blocks of space made channels; or the refusal. */
export type SpaceToDepthShape<X extends Shape, Block> = [number] extends [X['length']]
  ? Shape
  : X extends readonly [
        infer N extends number,
        infer C extends number,
        ...infer Spatial extends readonly [number, ...Shape],
      ]
    ? Shorter<Spatial, Block> extends infer Y
      ? Y extends Shape
        ? [N, Multiply<C, Blocks<Spatial, Block>>, ...Y]
        : Y
      : never
    : TooFew<X>;

/** `DepthToSpaceShape` of the last three axes. */
export type PixelShuffleShape<X extends Shape, R extends number> = [number] extends [X['length']]
  ? Shape
  : X extends readonly [
        ...infer Lead extends Shape,
        infer C extends number,
        infer H extends number,
        infer W extends number,
      ]
    ? After<Lead, DepthToSpaceShape<[1, C, H, W], R>>
    : TooFew<X>;

/** `SpaceToDepthShape` of the last three axes. */
export type PixelUnshuffleShape<X extends Shape, R extends number> = [number] extends [X['length']]
  ? Shape
  : X extends readonly [
        ...infer Lead extends Shape,
        infer C extends number,
        infer H extends number,
        infer W extends number,
      ]
    ? After<Lead, SpaceToDepthShape<[1, C, H, W], R>>
    : TooFew<X>;

type After<Lead extends Shape, Y> = Y extends readonly [1, ...infer T extends Shape] ? [...Lead, ...T] : Y;
