import type { Arrays } from '../../src/backends/index.ts';
import type { Graph } from '../../src/graph/graph.ts';

/** `full` is what performance.md measures; `tiny` is small enough for the reference backend, for tests. */
export type Size = 'full' | 'tiny';

/** A workload as cotangent runs it. */
interface Program {
  readonly graph: Graph;
  /** First values of parameters and states. */
  readonly kept: Arrays;
  /** What every run is fed. */
  readonly feeds: Arrays;
  /** States to read after a run and hold against other frameworks; none for training, which is held by its losses. */
  readonly results: readonly string[];
  /** How often it is run before its figures are read: several times where a run depends on the one before. */
  readonly runs: number;
}

/** One thing to time. Every framework gets the same arrays, and knows the workload by its name. */
export interface Workload {
  /** `W6-max`: the name in performance.md, and which part of it. */
  readonly name: string;
  readonly title: string;
  /** Seeded numbers. */
  arrays(size: Size): Arrays;
  program(arrays: Arrays): Program;
  /** Floating point operations of one run at full size, a product and a sum counting two. */
  readonly operations?: number;
  /** Whether to tell what part of the processor's peak is reached. */
  readonly peak?: boolean;
}
