import type { TrainConfig } from '../config.ts';

/** What a thread of a comparison is asked: to train this in that folder. */
export interface NetJob {
  readonly dir: string;
  readonly config: TrainConfig;
}

/** What a thread shares with the one that asks it. */
export interface ThreadState {
  /** Other than 0: stop after the step at hand. */
  readonly stop: Int32Array;
  /** The latest finished step and its loss. */
  readonly at: Float64Array;
}
