import type { WasmOptions } from '../backends/wasm/wasm.ts';
import { nets } from '../nn/index.ts';
import type { TrainConfig } from '../train/config.ts';
import { type AugmentOptions, augmentOf } from './augment-options.ts';
import { type DataOptions, dataSource } from './data-options.ts';
import { type PredictionOptions, predictionOf } from './prediction-options.ts';
import { type RegimeOptions, regimeOf } from './regime-options.ts';

/** What the command line of `train` may give. */
export interface TrainOptions extends DataOptions, AugmentOptions, PredictionOptions, RegimeOptions {
  readonly net?: string;
  readonly width?: number;
  readonly depth?: number;
  readonly norm?: TrainConfig['net']['norm'];
  readonly epochs?: number;
  readonly stepsPerEpoch?: number;
  readonly steps?: number;
  readonly batch?: number;
  readonly crop?: number;
  readonly sampling?: TrainConfig['sampling'];
  readonly loss?: TrainConfig['loss'];
  readonly classWeights?: TrainConfig['classWeights'];
  readonly backend?: TrainConfig['backend'];
  readonly threads?: WasmOptions['threads'];
  readonly tune?: string;
  readonly val?: string;
  readonly seed?: number;
  readonly out?: string;
  readonly resume?: string | true;
  readonly report?: boolean;
}

const common = {
  seed: 0,
  flip: 'both',
  turn: 'quarter',
  schedule: 'cosine',
  optimizer: 'adam',
  loss: 'ce',
  classWeights: 'none',
  backend: 'wasm',
} as const;

/** For folders: about as long, for a first look. */
const folderDefaults = {
  ...common,
  net: { name: 'unet', norm: 'group' },
  val: '0.2',
  batch: 4,
  crop: 96,
  epochs: 6,
  stepsPerEpoch: 50,
  learningRate: 0.005,
} as const;

/** For the built-in shapes: about half a minute on two cores, and mIoU above 0.9 whatever the seed. */
const shapesDefaults = {
  ...common,
  net: { name: 'unet', norm: 'group' },
  val: '24',
  batch: 4,
  crop: 64,
  epochs: 8,
  stepsPerEpoch: 100,
  learningRate: 0.01,
} as const;

/** The configuration that the given options mean: what is not given comes from `base`, or the defaults for the kind of data. */
export function trainConfig(options: TrainOptions, base?: TrainConfig): TrainConfig {
  const defaults = base ?? (options.data === undefined ? shapesDefaults : folderDefaults);
  const name = options.net ?? defaults.net.name;
  const size = base !== undefined && name === base.net.name ? base.net : nets[name]!.defaults;
  const data = dataSource(options, base?.data);
  const stepsPerEpoch = options.stepsPerEpoch ?? defaults.stepsPerEpoch;
  const epochs =
    options.epochs ?? (options.steps === undefined ? defaults.epochs : Math.ceil(options.steps / stepsPerEpoch));
  return {
    data,
    val: options.val ?? defaults.val,
    net: {
      name,
      width: options.width ?? size.width,
      depth: options.depth ?? size.depth,
      norm: options.norm ?? defaults.net.norm,
    },
    seed: options.seed ?? defaults.seed,
    batch: options.batch ?? defaults.batch,
    crop:
      options.crop ??
      (base === undefined && data.kind === 'shapes' ? Math.min(defaults.crop, data.size) : defaults.crop),
    ...samplingOf(options.sampling ?? base?.sampling),
    flip: options.flip ?? defaults.flip,
    turn: options.turn ?? defaults.turn,
    ...augmentOf(options, base),
    ...regimeOf(options, base),
    epochs,
    stepsPerEpoch,
    steps: Math.min(options.steps ?? base?.steps ?? epochs * stepsPerEpoch, epochs * stepsPerEpoch),
    learningRate: options.lr ?? defaults.learningRate,
    schedule: options.schedule ?? defaults.schedule,
    optimizer: options.optimizer ?? defaults.optimizer,
    loss: options.loss ?? defaults.loss,
    classWeights: options.classWeights ?? defaults.classWeights,
    ...predictionOf(options, base?.prediction),
    backend: options.backend ?? defaults.backend,
  };
}

const samplingOf = (sampling: TrainConfig['sampling']): Pick<TrainConfig, 'sampling'> =>
  sampling === undefined || sampling === 'uniform' ? {} : { sampling };
