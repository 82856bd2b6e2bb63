import type { Shape } from '../../graph/shape.ts';
import type { AxisOf } from './axis-of.ts';
import type { Add, FloorDiv, Multiply, Subtract } from './dims.ts';
import type { With } from './edit-shape.ts';

/** A length that is given, or that the axis has. */
type Length<L, Own extends number> = [L] extends [never] ? Own : Extract<L, number>;

/** Which axes a transform takes where they are not named. */
export type LastAxes = readonly [-2, -1];

/** How long each axis shall be. */
type At<Size, K extends 0 | 1> = [Size] extends [never] ? never : Size extends readonly number[] ? Size[K] : never;

/** The shape after a complex transform along an axis, cropped or padded to `L` elements if that is given; or the refusal. */
export type FftShape<S extends Shape, A extends number, L> =
  AxisOf<S, A> extends infer I ? (I extends number ? With<S, I, Length<L, S[I]>> : I) : never;

/** The shape of the half spectrum of a real signal; or the refusal. */
export type RfftShape<S extends Shape, A extends number, L> =
  AxisOf<S, A> extends infer I ? (I extends number ? With<S, I, Add<FloorDiv<Length<L, S[I]>, 2>, 1>> : I) : never;

/** The shape of the real signal that a half spectrum belongs to; or the refusal. */
export type IrfftShape<S extends Shape, A extends number, L> =
  AxisOf<S, A> extends infer I ? (I extends number ? With<S, I, Length<L, Multiply<2, Subtract<S[I], 1>>>> : I) : never;

type Then<First, A extends number, L> = First extends Shape ? FftShape<First, A, L> : First;

/** The shape after complex transforms along two axes. */
export type Fft2Shape<S extends Shape, A extends readonly [number, number], Size> = Then<
  FftShape<S, A[0], At<Size, 0>>,
  A[1],
  At<Size, 1>
>;

/** The shape of the half spectrum of a real image: halved along the second axis. */
export type Rfft2Shape<S extends Shape, A extends readonly [number, number], Size> = Then<
  RfftShape<S, A[1], At<Size, 1>>,
  A[0],
  At<Size, 0>
>;

/** The shape of the real image that a half spectrum belongs to. */
export type Irfft2Shape<S extends Shape, A extends readonly [number, number], Size> = Then<
  IrfftShape<S, A[1], At<Size, 1>>,
  A[0],
  At<Size, 0>
>;
