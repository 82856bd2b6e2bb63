import type { DType, FloatDType } from '../../graph/dtype.ts';
import type { Fits } from './fits.ts';
import type { Refusal } from './refusal.ts';

/** A constraint that no tensor meets where two dtypes certainly differ. */
export type SameDType<A extends DType, B extends DType> = Fits<Meet<A, B>>;

// The good answers come first: generic code, where a dtype may be any, is checked against the first branch.
type Meet<A extends DType, B extends DType> = [A] extends [B]
  ? true
  : [B] extends [A]
    ? true
    : [A & B] extends [never]
      ? Refusal<'dtype/differ', { a: A; b: B }>
      : true;

/** A constraint that no tensor meets where a dtype certainly is none of the floats. */
export type Float<D extends DType> = Fits<IsFloat<D>>;

type IsFloat<D extends DType> = [D] extends [FloatDType]
  ? true
  : [D & FloatDType] extends [never]
    ? Refusal<'dtype/float', { dtype: D }>
    : true;
