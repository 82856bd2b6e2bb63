import { gradcheckFunction, type Tally } from '../../src/check/index.ts';
import type { Composite } from './composites.ts';

/**
 * Proves the gradients of a composite at its geometry, to its order and at most `order`.
 *
 * @throws GradcheckError at the first derivative that is wrong; Error if nothing was compared, or not by equality where
 * the composite asks for it.
 */
export function proveComposite(name: string, composite: Composite, seed: number, order?: number): Tally {
  const { types, f, ...options } = composite;
  const tally = gradcheckFunction(name, f, types, {
    ...options,
    order: Math.min(options.order ?? 1, order ?? Number.POSITIVE_INFINITY),
    seed,
  });
  if (tally.exact + tally.bounded + tally.smooth === 0) throw new Error(`${name}: nothing was compared`);
  if (options.dyadic === true && tally.bounded + tally.smooth > 0)
    throw new Error(`${name}: is declared dyadic, but not everything was compared by equality`);
  return tally;
}
