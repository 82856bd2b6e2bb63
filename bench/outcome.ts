/** What became of one contestant at one workload. */
export interface Row {
  readonly contestant: string;
  /** Why there are no numbers. */
  readonly skipped?: string;
  /** One number a round: milliseconds, or megabytes. */
  readonly rounds: readonly number[];
  /** How far its results are from the first contestant's that has any, relative to their norm. */
  readonly difference?: number;
  readonly facts: { readonly [name: string]: string | number };
}

/** One workload, all contestants. */
export interface Outcome {
  readonly workload: string;
  readonly title: string;
  readonly unit: 'ms' | 'MB';
  readonly operations?: number;
  readonly rows: readonly Row[];
}

/** Further apart than that, relative to the norm, two float32 results of the same workload are not the same numbers. */
export const tolerance = 1e-4;
