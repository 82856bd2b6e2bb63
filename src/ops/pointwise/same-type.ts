import { isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Dict } from '../../graph/op.ts';
import { sameType, showType, type Type } from '../../graph/type.ts';

/** Inference of a pointwise operator on two equal float types; broadcasting is an operator of its own. */
export function sameFloatType({ a, b }: Dict<'a' | 'b', Type>): Type {
  if (!sameType(a, b))
    fail('pointwise/types', `${showType(a)} and ${showType(b)} differ`, 'broadcast or cast one of them to the other.');
  return floatType({ x: a });
}

/** Inference of a pointwise operator on one float tensor. */
export function floatType({ x }: Dict<'x', Type>): Type {
  if (!isFloat(x.dtype)) fail('pointwise/dtype', `${showType(x)} is not a float tensor`, 'cast it to f32 or f64 first.');
  return x;
}
