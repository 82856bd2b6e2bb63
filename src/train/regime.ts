import * as v from 'valibot';

export const optimizerNames = ['adam', 'adamw', 'sgd', 'rmsprop', 'adagrad'] as const;
export const scheduleNames = [
  'cosine',
  'constant',
  'step',
  'multistep',
  'one-cycle',
  'polynomial',
  'exponential',
] as const;
export const decayNames = ['weights', 'all'] as const;
export const scoreNames = ['miou', 'mdice', 'accuracy', 'loss'] as const;

/** A score of validations by which epochs are compared; `loss` is the cross-entropy of the held-back pixels. */
export type ScoreName = (typeof scoreNames)[number];

/** How parameters are moved, step by step, and when training ends. What is absent is off, or the default that is named. */
export interface Regime {
  readonly optimizer: (typeof optimizerNames)[number];
  /** Of `sgd` (0.9 where absent) and `rmsprop` (0 where absent). */
  readonly momentum?: number | undefined;
  /** Of `sgd`. */
  readonly nesterov?: boolean | undefined;
  /** 0 where absent, but for `adamw`: 0.01 of all parameters. */
  readonly weightDecay?: number | undefined;
  /** What decays: weights, which are the parameters of rank 2 and more (unless told otherwise), or all parameters. */
  readonly decay?: (typeof decayNames)[number] | undefined;
  /** The longest gradient, over all parameters: longer ones are shortened. */
  readonly clip?: number | undefined;
  /** Batches per step, whose gradients are averaged. */
  readonly accumulate?: number | undefined;
  /** Predict and score with an average of the parameters in which each step counts so many times as much as the next. */
  readonly ema?: number | undefined;
  readonly learningRate: number;
  readonly schedule: (typeof scheduleNames)[number];
  /** Steps over which the learning rate rises at first; where absent a tenth of all, at most 20, and none for `one-cycle`. */
  readonly warmUp?: number | undefined;
  /** Of `step`: after so many steps each time; a third of all where absent. */
  readonly every?: number | undefined;
  /** Of `multistep`: steps of the run; a half and three quarters of all where absent. */
  readonly milestones?: readonly number[] | undefined;
  /** Of `step` and `multistep`: 0.1 where absent; of `exponential`: per epoch, to a fiftieth over the whole run where absent. */
  readonly factor?: number | undefined;
  /** Of `polynomial`: 0.9 where absent. */
  readonly power?: number | undefined;
  /** End after so many validations without a better score. */
  readonly patience?: number | undefined;
  /** Which score is better; mIoU where absent. */
  readonly keepBest?: ScoreName | undefined;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const countOrNone = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const share = v.pipe(v.number(), v.minValue(0), v.ltValue(1));

/** The fields of a {@link Regime}, for the schema of what contains one. */
export const regimeEntries: { readonly [K in keyof Regime]-?: v.GenericSchema<unknown, Regime[K]> } = {
  optimizer: v.picklist(optimizerNames),
  momentum: v.exactOptional(share),
  nesterov: v.exactOptional(v.boolean()),
  weightDecay: v.exactOptional(v.pipe(v.number(), v.finite(), v.minValue(0))),
  decay: v.exactOptional(v.picklist(decayNames)),
  clip: v.exactOptional(positive),
  accumulate: v.exactOptional(count),
  ema: v.exactOptional(share),
  learningRate: positive,
  schedule: v.picklist(scheduleNames),
  warmUp: v.exactOptional(countOrNone),
  every: v.exactOptional(count),
  milestones: v.exactOptional(v.array(count)),
  factor: v.exactOptional(positive),
  power: v.exactOptional(positive),
  patience: v.exactOptional(count),
  keepBest: v.exactOptional(v.picklist(scoreNames)),
};
