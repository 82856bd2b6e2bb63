import type { CorpusEntry } from '../corpus-entry.ts';
import type { Counts, Found } from '../job.ts';
import type { CampaignTally } from '../tally.ts';

/** A session as data; the JSON report is this, with numbers that JSON has no word for as strings. */
export interface FuzzReport {
  readonly format: 'cotangent-fuzz/1';
  readonly version: string;
  readonly node: string;
  readonly seed: number;
  readonly order: number;
  readonly target?: string;
  /** When it began, ISO 8601. */
  readonly began: string;
  readonly seconds: number;
  readonly threads: number;
  /** Whether it was stopped before time. */
  readonly interrupted: boolean;
  /** `passed` if nothing is refuted and at most 1 % is inconclusive. */
  readonly verdict: 'passed' | 'failed';
  readonly cases: number;
  /** Numbers compared. */
  readonly compared: number;
  readonly casesPerSecond: number;
  readonly counts: Counts;
  readonly campaigns: readonly Omit<CampaignTally, 'found' | 'again'>[];
  /** Refuted cases first, then inconclusive and missing ones; one for each place. */
  readonly findings: readonly ReportedFinding[];
  readonly corpus: { readonly again: readonly CorpusEntry[]; readonly fixed: readonly CorpusEntry[] };
}

export interface ReportedFinding extends Found {
  /** The command that repeats it. */
  readonly replay: string;
}
