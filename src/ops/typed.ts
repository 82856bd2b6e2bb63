/**
 * Gives a function on plain tensors the signature that computes literal shapes: the one place where types are claimed
 * that inference established at run time. The tests under test/types hold the two against each other.
 *
 * Annotate the plain function's parameters: it must take whatever the signature lets through.
 */
export const typed = <F extends (...args: never[]) => object>(plain: (...args: Parameters<F>) => object): F =>
  // TypeScript cannot see that inference computes the same shape as the signature.
  plain as unknown as F;
