import { gradchecker, type Tally } from '../../src/check/index.ts';
import type { Composite } from './composites.ts';

/**
 * What proves the gradients of a composite at its geometry, to its order and at most `order`, for one seed after another.
 * It throws GradcheckError at the first derivative that is wrong; Error if nothing was compared, or not by equality where
 * the composite asks for it.
 */
export function compositeProver(
  name: string,
  { types, f, ...options }: Composite,
  order: number = Number.POSITIVE_INFINITY,
): (seed: number) => Tally {
  const check = gradchecker(f, { name, types, ...options, order: Math.min(options.order ?? 1, order) });
  return (seed) => {
    const tally = check(seed).expect();
    if (tally.exact + tally.bounded + tally.smooth === 0) throw new Error(`${name}: nothing was compared`);
    if (options.dyadic === true && tally.bounded + tally.smooth > 0)
      throw new Error(`${name}: is declared dyadic, but not everything was compared by equality`);
    return tally;
  };
}
