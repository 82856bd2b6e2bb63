import type { AnyOp, Op } from '../../graph/op.ts';
import type { Type } from '../../graph/type.ts';

/** An operator’s inputs by name: what its expression may speak of. */
type Types = { readonly [name: string]: Type };

/**
 * The operator as an expression of other libraries, its inputs by their names; undefined where the library does not have
 * this geometry.
 */
export interface Printers<A extends object = object> {
  /** With `torch`, `F` and `vision` (torchvision.ops). */
  pytorch?(attributes: A, types: Types): string | undefined;
  /** With `jax`, `jnp` and `lax`. */
  jax?(attributes: A, types: Types): string | undefined;
  /** With `tf`; tensors are channels-first, as ours. */
  tfjs?(attributes: A, types: Types): string | undefined;
}

/** The same for a function of cotangent/ops, and how it is called there unless `name(input, …, options)`. */
export interface CompositePrinters<A extends object = object> extends Printers<A> {
  cotangent?(attributes: A): string;
}

/** An entry of a family’s table. */
export const printed = <I extends string, A extends object>(
  op: Op<I, A>,
  printers: Printers<NoInfer<A>>,
): readonly [AnyOp, Printers] => [op as AnyOp, printers];

/** `[1, 2]` and `(1, 2)`: both read by Python and JavaScript, the second by Python only. */
export const list = (values: readonly unknown[]): string => `[${values.join(', ')}]`;
export const tuple = (values: readonly unknown[]): string => `(${values.join(', ')}${values.length === 1 ? ',' : ''})`;

export const python = (value: boolean): string => (value ? 'True' : 'False');
