import { CotangentError } from '../../graph/error.ts';
import type { NdArray } from '../../graph/nd-array.ts';
import type { Pullback } from '../schemes/scheme.ts';

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

/** The mistake that someone would have made. */
export type Mistake =
  | 'sign'
  | 'factor'
  | 'index shift'
  | 'axis swap'
  | 'flip'
  | 'term'
  | 'divisor'
  | 'attribute'
  | 'mask'
  | 'operand'
  | 'kink side'
  | 'relative error';
export const mistakes: readonly Mistake[] = [
  'sign',
  'factor',
  'index shift',
  'axis swap',
  'flip',
  'term',
  'divisor',
  'attribute',
  'mask',
  'operand',
  'kink side',
  'relative error',
];

/** A wrong gradient made from a right one. */
export interface Mutant {
  readonly kind: MutantKind;
  readonly mistake: Mistake;
  /** What was changed; the same change in several trials has the same name. */
  readonly name: string;
  /** The node that is changed, and the attribute. */
  readonly node?: string;
  readonly attribute?: string;
  /** The wrong gradient, by its cotangent; throws where the change makes no valid graph. */
  make(): Pullback;
  /** Why it changes nothing, where that can be told. Asked only of mutants that change nothing. */
  why?(): string | undefined;
}

/**
 * - `killed`: a numeric derivative disagrees with it;
 * - `refused`: inference or a rule's own checks do not let it become a graph;
 * - `equivalent`: it gives the bits of the rule it was made from (where results are rounded, all but the last few);
 * - `survived`: it differs, and nothing noticed.
 */
export type Fate = 'killed' | 'refused' | 'survived' | 'equivalent';

/** What a mutant gives; undefined where it is refused. Rules given what they do not expect may also fail in plain JavaScript. */
export function unlessRefused<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof CotangentError || error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The same bits; where results are rounded, the same but for the last of them, as after a·b is written b·a. */
export function isSame(value: NdArray, right: NdArray, exact: boolean): boolean {
  // NaN is NaN, and −0 is 0.
  if (right.data.every((x, i) => Object.is(x + 0, value.data[i]! + 0))) return true;
  if (exact) return false;
  const largest = Array.from(right.data).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return Array.from(value.data).every((x, i) => Math.abs(x - right.data[i]!) <= 2 ** -48 * largest);
}
