import { CotangentError } from '../../graph/error.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import { sameValues } from '../structure.ts';
import type { Trial } from './trial.ts';

/** What is changed: the rule's result, its wiring, an attribute it reads, or a node of the graph it emits. */
export type MutantKind = 'result' | 'wiring' | 'attribute' | 'node' | 'node attribute' | 'node operands';
export const mutantKinds: readonly MutantKind[] = [
  'result',
  'wiring',
  'attribute',
  'node',
  'node attribute',
  'node operands',
];

/** A wrong gradient made from a right one. */
export interface Mutant {
  readonly kind: MutantKind;
  /** What was changed; the same change in several trials has the same name. */
  readonly name: string;
  /** The wrong gradient; throws where the change makes no valid graph. */
  run(): NdArray;
}

/**
 * - `killed`: a numeric derivative disagrees with it;
 * - `refused`: inference or a rule's own checks do not let it become a graph;
 * - `equivalent`: it gives the bits of the rule it was made from (where results are rounded, all but the last few);
 * - `survived`: it differs, and nothing noticed.
 */
export type Fate = 'killed' | 'refused' | 'survived' | 'equivalent';

/** What becomes of a mutant in one trial. */
export function fateOf(mutant: Mutant, trial: Trial): Fate {
  let gradient: NdArray;
  try {
    gradient = mutant.run();
  } catch (error) {
    // Rules given attributes or operands they do not expect may also fail in plain JavaScript.
    if (error instanceof CotangentError || error instanceof TypeError || error instanceof RangeError) return 'refused';
    throw error;
  }
  if (!trial.agrees(gradient)) return 'killed';
  return isSame(gradient, trial) ? 'equivalent' : 'survived';
}

/** The same bits; where results are rounded, the same but for the last of them, as after a·b is written b·a. */
function isSame(gradient: NdArray, trial: Trial): boolean {
  if (trial.exact) return sameValues(gradient, trial.gradient);
  const largest = Array.from(trial.gradient.data).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return Array.from(gradient.data).every((x, i) => Math.abs(x - trial.gradient.data[i]!) <= 2 ** -48 * largest);
}
