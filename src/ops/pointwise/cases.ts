import type * as FastCheck from 'fast-check';
import type { DType } from '../../graph/dtype.ts';
import type { Case, Draw } from '../../graph/op.ts';
import { caseShape } from '../case-shape.ts';

type Fc = typeof FastCheck;
/** What an operator's `cases` is. */
type Cases<I extends string> = (fc: Fc) => FastCheck.Arbitrary<Case<I, object>>;

/** Element types of arithmetic: gradients are checked in f64, so most cases are. */
export const numbers: readonly DType[] = ['f64', 'f64', 'f64', 'f32', 'i32'];
/** Element types of operators that need floats. */
export const floats: readonly DType[] = ['f64', 'f64', 'f64', 'f32'];

/** Cases of a pointwise operator on one tensor. */
export const singles =
  (dtypes: readonly DType[], draw?: Draw): Cases<'x'> =>
  (fc) =>
    fc
      .record({ dtype: fc.constantFrom(...dtypes), shape: caseShape(fc) })
      .map((x) => ({ types: { x }, attributes: {}, ...(draw === undefined ? {} : { draw: { x: draw } }) }));

/** Cases of a pointwise operator on two tensors of one type. */
export const pairs =
  (dtypes: readonly DType[], draw?: { readonly a?: Draw; readonly b?: Draw }): Cases<'a' | 'b'> =>
  (fc) =>
    fc
      .record({ dtype: fc.constantFrom(...dtypes), shape: caseShape(fc) })
      .map((type) => ({ types: { a: type, b: type }, attributes: {}, ...(draw === undefined ? {} : { draw }) }));
