import * as v from 'valibot';
import { type BackendName, backendNames } from '../backends/backends.ts';
import { type Augmentation, flips, turns } from './data/augment.ts';
import { type Sampling, samplings } from './data/batch.ts';
import { type SceneName, sceneNames } from './data/scenes/scenes.ts';
import { type Regime, regimeEntries } from './regime.ts';
import { type Tta, ttaNames } from './tta.ts';

export const normNames = ['group', 'none'] as const;
export const lossNames = ['ce', 'dice', 'ce+dice'] as const;

/** Where samples come from: a folder of pairs, or the generator of scenes. */
export type DataSource =
  | { readonly kind: 'folder'; readonly dir: string; readonly ignore?: number | undefined }
  | {
      readonly kind: 'shapes';
      /** Shapes where absent. */
      readonly scene?: SceneName | undefined;
      readonly size: number;
      readonly classes: number;
      readonly count: number;
    };

/** Everything that decides what a training run computes; stored in its `run.json`. */
export interface TrainConfig extends Augmentation, Regime {
  readonly data: DataSource;
  /** Samples held back: a fraction, a number, or names with commas. */
  readonly val: string;
  readonly net: {
    readonly name: string;
    readonly width: number;
    readonly depth: number;
    readonly norm: (typeof normNames)[number];
  };
  readonly seed: number;
  /** Samples per batch: per step, unless batches are accumulated. */
  readonly batch: number;
  /** Side of the square windows that are trained on, in pixels. */
  readonly crop: number;
  /** Uniform where absent. */
  readonly sampling?: Sampling | undefined;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Stop after this many steps, within the epochs. */
  readonly steps: number;
  readonly loss: (typeof lossNames)[number];
  /**
   * How much each class counts in the cross-entropy: alike, so that all classes together count alike (`balanced`, by the pixels of the
   * training masks), or a number per class.
   */
  readonly classWeights: 'none' | 'balanced' | readonly number[];
  /** How held-back images are predicted, and others unless told otherwise. */
  readonly prediction?: { readonly tile?: number | undefined; readonly tta?: Tta | undefined } | undefined;
  /** What runs the graphs. Two backends agree within rounding, so a run keeps to one. */
  readonly backend: BackendName;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));

export const configSchema: v.GenericSchema<unknown, TrainConfig> = v.strictObject({
  data: v.variant('kind', [
    v.strictObject({
      kind: v.literal('folder'),
      dir: v.string(),
      ignore: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
    }),
    v.strictObject({
      kind: v.literal('shapes'),
      scene: v.exactOptional(v.picklist(sceneNames)),
      size: count,
      classes: count,
      count,
    }),
  ]),
  val: v.string(),
  net: v.strictObject({ name: v.string(), width: count, depth: count, norm: v.picklist(normNames) }),
  seed: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  batch: count,
  crop: count,
  sampling: v.exactOptional(v.picklist(samplings)),
  flip: v.picklist(flips),
  turn: v.picklist(turns),
  rotate: v.exactOptional(positive),
  scale: v.exactOptional(v.strictTuple([positive, positive])),
  shift: v.exactOptional(positive),
  elastic: v.exactOptional(v.strictObject({ amplitude: positive, spacing: positive })),
  brightness: v.exactOptional(positive),
  contrast: v.exactOptional(positive),
  gamma: v.exactOptional(positive),
  noise: v.exactOptional(positive),
  epochs: count,
  stepsPerEpoch: count,
  steps: count,
  ...regimeEntries,
  loss: v.picklist(lossNames),
  classWeights: v.union([v.picklist(['none', 'balanced']), v.array(positive)]),
  prediction: v.exactOptional(
    v.strictObject({ tile: v.exactOptional(count), tta: v.exactOptional(v.picklist(ttaNames)) }),
  ),
  backend: v.picklist(backendNames),
});
