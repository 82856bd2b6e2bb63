import { isFloat } from '../../graph/dtype.ts';
import { fail } from '../../graph/error.ts';
import type { Dict } from '../../graph/op.ts';
import { sameType, showType, type Type } from '../../graph/type.ts';

/** Inference of an operator on two equal types of any kind; broadcasting is an operator of its own. */
export function sameTypes({ a, b }: Dict<'a' | 'b', Type>): Type {
  if (!sameType(a, b))
    fail('pointwise/types', `${showType(a)} and ${showType(b)} differ`, 'broadcast or cast one of them to the other.');
  return a;
}

/** Inference of a pointwise operator on two equal number types: f64, f32 or i32. */
export function sameNumberType(types: Dict<'a' | 'b', Type>): Type {
  return numberType({ x: sameTypes(types) });
}

/** Inference of a pointwise operator on two equal float types. */
export function sameFloatType(types: Dict<'a' | 'b', Type>): Type {
  return floatType({ x: sameTypes(types) });
}

/** Inference of a pointwise operator on one number tensor: f64, f32 or i32. */
export function numberType({ x }: Dict<'x', Type>): Type {
  if (x.dtype === 'bool')
    fail('pointwise/dtype', `${showType(x)} is a mask, not numbers`, 'cast it to i32, f32 or f64 first.');
  return x;
}

/** Inference of a pointwise operator on one float tensor. */
export function floatType({ x }: Dict<'x', Type>): Type {
  if (!isFloat(x.dtype))
    fail('pointwise/dtype', `${showType(x)} is not a float tensor`, 'cast it to f32 or f64 first.');
  return x;
}

/** Inference of a logical operator on one mask. */
export function maskType({ x }: Dict<'x', Type>): Type {
  if (x.dtype !== 'bool') fail('pointwise/dtype', `${showType(x)} is not a mask`, 'compare it with something first.');
  return x;
}

/** Inference of a logical operator on two masks of one shape. */
export function sameMaskType(types: Dict<'a' | 'b', Type>): Type {
  return maskType({ x: sameTypes(types) });
}
