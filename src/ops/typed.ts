import type { Tensor } from '../graph/tensor.ts';

/** What a front door returns before literal shapes are taken into account. */
type Untyped = Tensor | readonly Tensor[] | { readonly [name: string]: Tensor };

/**
 * Gives a function on plain tensors the signature that computes literal shapes: the one place where types are claimed
 * that inference established at run time. The tests under test/types hold the two against each other.
 */
export const typed = <F extends (...args: never[]) => Untyped>(plain: (...args: Parameters<F>) => Untyped): F =>
  // TypeScript cannot see that inference computes the same shape as the signature.
  plain as unknown as F;
