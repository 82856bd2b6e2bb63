import type { Snippet, Verdict } from '../check/fuzz/campaign.ts';

/** A few cases of one campaign: plain data, so that a thread may do it. */
export interface Job {
  readonly campaign: string;
  readonly seed: number;
  /** At most so many cases. */
  readonly runs: number;
  /** fast-check's path to one case, to repeat it alone. */
  readonly path?: string;
  /** What is to be shrunk and reported, the first of each. */
  readonly wanted: readonly Verdict[];
  /** After so many seconds no further case is begun. */
  readonly seconds: number;
}

/** A case that is not proved, as small as it could be made. */
export interface Found {
  /** `campaign@seed:path`: repeats it. */
  readonly id: string;
  readonly campaign: string;
  readonly verdict: Verdict;
  readonly seed: number;
  readonly path: string;
  /** What tells it from other failures of the campaign: the summary without its numbers. */
  readonly place: string;
  /** The case in one line. */
  readonly case: string;
  readonly summary: string;
  readonly details: readonly string[];
  readonly compared?: Compared;
  readonly taylor?: readonly { readonly step: number; readonly remainder: number }[];
  readonly snippets: readonly Snippet[];
}

/** Claimed and measured numbers of one input's gradient. */
export interface Compared {
  readonly of: string;
  readonly shape: readonly number[];
  readonly analytic: readonly number[];
  readonly numeric: readonly number[];
}

export type Counts = { readonly [V in Verdict]: number };

export interface JobResult {
  readonly campaign: string;
  readonly cases: number;
  /** Numbers compared. */
  readonly compared: number;
  readonly counts: Counts;
  /** Cases that were decided, by what they cover. */
  readonly covers: { readonly [word: string]: number };
  readonly seconds: number;
  readonly found: readonly Found[];
}
