import type { TrainConfig } from '../../src/train/config.ts';

/** A run that takes about a second: 6 steps in 2 epochs on 16×16 images. */
export const tinyConfig: TrainConfig = {
  data: { kind: 'shapes', size: 16, classes: 2, count: 6 },
  val: '2',
  net: { name: 'unet', width: 2, depth: 1, norm: 'group' },
  seed: 1,
  batch: 2,
  crop: 16,
  flip: 'both',
  turn: 'quarter',
  epochs: 2,
  stepsPerEpoch: 3,
  steps: 6,
  learningRate: 0.01,
  schedule: 'cosine',
  optimizer: 'adam',
  loss: 'ce+dice',
  classWeights: 'none',
  backend: 'wasm',
};
