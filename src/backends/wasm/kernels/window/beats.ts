import type { DType } from '../../../../graph/dtype.ts';
import type { Local, WasmFunction } from '../../encode/wasm-function.ts';

/** Which of several equal maxima counts. */
export type Ties = 'first' | 'last';

/**
 * Leaves a mask on the stack: in which lanes `next` takes the place of `best`. NaN is greater than every number; among
 * NaNs, as among equal numbers, the tie rule decides.
 */
export function beats(f: WasmFunction, dtype: DType, next: Local, best: Local, ties: Ties): void {
  if (dtype === 'i32') {
    f.get(next)
      .get(best)
      .op(ties === 'first' ? 'i32x4.gt_s' : 'i32x4.ge_s');
    return;
  }
  const [lessEqual, greaterEqual, equal, notEqual] =
    dtype === 'f32'
      ? (['f32x4.le', 'f32x4.ge', 'f32x4.eq', 'f32x4.ne'] as const)
      : (['f64x2.le', 'f64x2.ge', 'f64x2.eq', 'f64x2.ne'] as const);
  // What is not ≤ is greater or not a number; what is not equal to itself, not a number.
  if (ties === 'first') f.get(best).get(best).op(equal).get(next).get(best).op(lessEqual).op('v128.andnot');
  else f.get(next).get(best).op(greaterEqual).get(next).get(next).op(notEqual).op('v128.or');
}
