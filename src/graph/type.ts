import type { DType } from './dtype.ts';
import { type Shape, sameShape } from './shape.ts';

/** What shape inference computes and every error message prints: an element type and dimensions. */
export interface Type<S extends Shape = Shape, D extends DType = DType> {
  readonly dtype: D;
  readonly shape: S;
}

/** A float64 type: `f64(2, 3)` is `f64[2,3]`, `f64()` a scalar. */
export const f64 = <const S extends Shape>(...shape: S): Type<S, 'f64'> => ({ dtype: 'f64', shape });
/** A float32 type. */
export const f32 = <const S extends Shape>(...shape: S): Type<S, 'f32'> => ({ dtype: 'f32', shape });
/** An int32 type, for indices and class labels. */
export const i32 = <const S extends Shape>(...shape: S): Type<S, 'i32'> => ({ dtype: 'i32', shape });
/** A boolean type, for masks. */
export const bool = <const S extends Shape>(...shape: S): Type<S, 'bool'> => ({ dtype: 'bool', shape });

/** `f32[2,3,32,32]`; the form that printing, parsing and errors share. */
export const showType = ({ dtype, shape }: Type): string => `${dtype}[${shape.join(',')}]`;

export const sameType = (a: Type, b: Type): boolean => a.dtype === b.dtype && sameShape(a.shape, b.shape);
