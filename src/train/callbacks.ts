import type { EpochEntry, StepEntry } from './log.ts';

/** A checkpoint that was written. */
export interface SavedCheckpoint {
  readonly path: string;
  /** Finished steps. */
  readonly step: number;
  /** The one that a run goes on from, or that of the best epoch so far. */
  readonly kind: 'latest' | 'best';
}

/**
 * Is told what training does, and waited for. What one throws ends the training, as any error does: all up to the last checkpoint
 * is kept. They see numbers only: what they do does not change what is computed.
 */
export interface Callbacks {
  onStep?(entry: StepEntry): void | Promise<void>;
  onEpoch?(entry: EpochEntry): void | Promise<void>;
  onCheckpoint?(saved: SavedCheckpoint): void | Promise<void>;
}
