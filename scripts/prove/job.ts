import type { Proof } from '../../src/check/index.ts';

/** Some of the cases of one operator or composite: what a worker is given at a time. */
export interface Job {
  readonly name: string;
  readonly kind: 'operator' | 'composite';
  /** Position among the jobs of the same name; the first also does what is done once. */
  readonly index: number;
  readonly seed: number;
  readonly runs: number;
  readonly order: number;
}

/** What could be faulted, and the command that repeats it. */
export interface Failure {
  readonly message: string;
  readonly replay: string;
}

/** What was proved in a job: a proof without its operator, so that it can be sent between threads. */
export interface JobResult extends Omit<Proof, 'op' | 'order'> {
  readonly job: Job;
  /** Time spent on cases, and on what is done once. */
  readonly seconds: { readonly cases: number; readonly once: number };
  readonly failure?: Failure;
}
