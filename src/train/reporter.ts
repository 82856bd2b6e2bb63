import type { EpochEntry, StepEntry } from './log.ts';

/** How far a run is; what a display shows. */
export interface Position {
  readonly epochs: number;
  /** Steps of the whole run. */
  readonly steps: number;
  /** Steps of an epoch; the last may have fewer. */
  readonly stepsPerEpoch: number;
  /** Estimated from the steps and validations so far; undefined before the first. */
  readonly secondsLeft: number | undefined;
}

/** Is told how training goes. */
export interface Reporter {
  step(entry: StepEntry, position: Position): void;
  /** `done` of `total` held-back images are predicted. */
  validating(done: number, total: number): void;
  epoch(entry: EpochEntry, position: Position): void;
  /** Takes down whatever is displayed. */
  close(): void;
}

/** Shows nothing. */
export const silent: Reporter = { step: () => {}, validating: () => {}, epoch: () => {}, close: () => {} };
