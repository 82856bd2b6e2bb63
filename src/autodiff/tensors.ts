import { CotangentError } from '../graph/error.ts';
import { Tensor } from '../graph/tensor.ts';

/** One tensor, several in order, or several by name: whatever the caller finds handy. */
export type Tensors = Tensor | readonly Tensor[] | { readonly [name: string]: Tensor };

/** A result in the form of `T`: a tensor of the same type for every tensor. */
export type Like<T extends Tensors> = T extends Tensor ? T : { -readonly [K in keyof T]: T[K] };

/** The tensors in order. */
export function listOf(tensors: Tensors): readonly Tensor[] {
  return tensors instanceof Tensor ? [tensors] : Object.values(tensors);
}

/** `values` in the form of `tensors`. */
export function inFormOf<T extends Tensors>(tensors: T, values: readonly Tensor[]): Like<T> {
  if (tensors instanceof Tensor) return values[0] as Like<T>;
  if (Array.isArray(tensors)) return values as Like<T>;
  return Object.fromEntries(Object.keys(tensors).map((name, i) => [name, values[i]])) as Like<T>;
}

/** Pairs two arguments that must have the same form. */
export function matchLists(what: string, a: Tensors, b: Tensors): readonly (readonly [Tensor, Tensor])[] {
  const left = listOf(a);
  const right = listOf(b);
  if (left.length !== right.length)
    throw new CotangentError({
      code: 'autodiff/count',
      summary: `${what}: ${left.length} against ${right.length}`,
      fix: 'give exactly one for each.',
    });
  return left.map((tensor, i) => [tensor, right[i]!]);
}
