import type * as fc from 'fast-check';
import type { NdArray } from '../../graph/nd-array.ts';

/**
 * - `proved`: all that was compared is equal, or within a computed bound that is small against it;
 * - `refuted`: something differs by more than rounding can explain;
 * - `inconclusive`: nothing small enough could be compared; never counts as a pass;
 * - `missing`: there is no derivative to compare (a foreign library refuses it).
 */
export type Verdict = 'proved' | 'refuted' | 'inconclusive' | 'missing';

/** Code that shows a failure by itself, at most twenty lines. */
export interface Snippet {
  /** What runs it. */
  readonly for: 'cotangent' | 'PyTorch' | 'JAX' | 'tfjs' | 'jax-js';
  readonly code: string;
}

/** What is wrong in one case. */
export interface Failure {
  /** In one line: what, of which input, in what way. */
  readonly summary: string;
  readonly details: readonly string[];
  /** What was claimed and what was measured, of the same shape: drawn as a picture where they have two axes. */
  readonly compared?: { readonly of: string; readonly analytic: NdArray; readonly numeric: NdArray };
  /** Remainders of the linear approximation, by step: straight with slope 2 on logarithmic axes where the gradient is right. */
  readonly taylor?: readonly { readonly step: number; readonly remainder: number }[];
  readonly snippets?: readonly Snippet[];
}

/** What became of one case. */
export interface Outcome {
  readonly verdict: Verdict;
  /** How many numbers were compared. */
  readonly compared: number;
  /** What the case covers: `'dilation ≠ 1'`, `'f32'`, an operator’s name in a random program. */
  readonly covers: readonly string[];
  /** Present unless proved. */
  readonly failure?: Failure;
}

/**
 * Something that can be tried in ever new cases: an operator’s gradient, a law, random programs, a foreign library’s
 * operator. A case is drawn, and shrunk when it is refuted, by fast-check; it holds shapes, attributes and seeds, not
 * numbers, so that a seed and a path tell it whole.
 */
export interface Campaign<Case = unknown> {
  /** Unique among all campaigns: part of the name by which a failure is replayed. */
  readonly name: string;
  readonly kind: 'operator' | 'law' | 'program' | 'foreign';
  readonly cases: fc.Arbitrary<Case>;
  check(drawn: Case): Outcome | Promise<Outcome>;
  /** The case in one line. */
  show(drawn: Case): string;
}
