import * as v from 'valibot';
import type { EpochEntry } from './log.ts';
import type { ScoreName } from './regime.ts';

/** What validations have come to: decides which epoch is the best and when training ends early. */
export interface Progress {
  /** The step of the last validation. */
  readonly validated: number;
  /** The best validation so far. */
  readonly best: { readonly step: number; readonly score: number };
  /** Validations since the best. */
  readonly waiting: number;
}

export const progressSchema: v.GenericSchema<unknown, Progress> = v.strictObject({
  validated: v.number(),
  best: v.strictObject({ step: v.number(), score: v.number() }),
  waiting: v.number(),
});

/** A validation's score, larger is better. */
const scoreOf = (entry: EpochEntry, name: ScoreName = 'miou'): number =>
  name === 'loss' ? -(entry.crossEntropy ?? entry.loss) : entry[name];

/** After one more validation; the first is the best so far. */
export function advance(progress: Progress | undefined, entry: EpochEntry, name?: ScoreName): Progress {
  const score = scoreOf(entry, name);
  const isBest = progress === undefined || score > progress.best.score;
  return {
    validated: entry.step,
    best: isBest ? { step: entry.step, score } : progress.best,
    waiting: isBest ? 0 : progress.waiting + 1,
  };
}

/** What a log of validations comes to: for checkpoints of versions that did not store it. */
export const progressOf = (entries: readonly EpochEntry[], name?: ScoreName): Progress | undefined =>
  entries.reduce<Progress | undefined>((progress, entry) => advance(progress, entry, name), undefined);
