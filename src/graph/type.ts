import type { DType } from './dtype.ts';
import { type Shape, sameShape } from './shape.ts';

/** What shape inference computes and every error message prints: an element type and dimensions. */
export interface Type<S extends Shape = Shape, D extends DType = DType> {
  readonly dtype: D;
  readonly shape: S;
}

/** Makes a type of its dimensions. */
export type TypeFunction<D extends DType> = <const S extends Shape>(...shape: S) => Type<[...S], D>;

const typeOf =
  <D extends DType>(dtype: D): TypeFunction<D> =>
  (...shape) => ({ dtype, shape: [...shape] });

/** A float64 type: `f64(2, 3)` is `f64[2,3]`, `f64()` a scalar. */
export const f64: TypeFunction<'f64'> = typeOf('f64');
/** A float32 type. */
export const f32: TypeFunction<'f32'> = typeOf('f32');
/** An int32 type, for indices and class labels. */
export const i32: TypeFunction<'i32'> = typeOf('i32');
/** A boolean type, for masks. */
export const bool: TypeFunction<'bool'> = typeOf('bool');

/** `f32[2,3,32,32]`; the form that printing, parsing and errors share. */
export const showType = ({ dtype, shape }: Type): string => `${dtype}[${shape.join(',')}]`;

export const sameType = (a: Type, b: Type): boolean => a.dtype === b.dtype && sameShape(a.shape, b.shape);
