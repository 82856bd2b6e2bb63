import { arrayChanges } from './array-changes.ts';
import type { Mutant } from './mutant.ts';
import type { Trial } from './trial.ts';

/** What a rule could get wrong in its result as a whole; at a kink, the derivative of another side. */
export function resultMutants(trial: Trial): Mutant[] {
  const { gradient, pull, otherSides = [] } = trial;
  return [
    ...arrayChanges(gradient).map(
      ({ mistake, name, apply }): Mutant => ({ kind: 'result', mistake, name, make: () => (u) => apply(pull(u)) }),
    ),
    ...otherSides.map(({ name, pull }): Mutant => ({ kind: 'result', mistake: 'kink side', name, make: () => pull })),
  ];
}
