import type { Figure } from './figures.ts';

/** What the bench asks a framework's process for, one line of JSON each; `torch/child.py` answers the same questions. */
export type Request =
  /** Load the workload in this folder, run it as often as its manifest says, and give its figures. */
  | { readonly ask: 'prepare'; readonly folder: string }
  /** Run it over and over for that long, at least `least` and at most `most` times. */
  | { readonly ask: 'round'; readonly milliseconds: number; readonly least: number; readonly most: number }
  /** What the process takes. */
  | { readonly ask: 'memory' };

/** The first line of every process. */
export interface Greeting {
  readonly versions: { readonly [name: string]: string };
}

export type Prepared =
  | { readonly skipped: string }
  | { readonly figures: readonly Figure[]; readonly facts: { readonly [name: string]: string | number } };

export interface Round {
  /** Milliseconds of every run. */
  readonly times: readonly number[];
}

/** Bytes of resident memory, now and at the highest. */
export interface Memory {
  readonly resident: number;
  readonly peak: number;
}

/** What stands before every answer, so that whatever libraries print is not taken for one. */
export const answerMark = '@bench ';
