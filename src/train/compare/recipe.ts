import { nets } from '../../nn/index.ts';
import type { TrainConfig } from '../config.ts';

/** What nets are compared, and on what. */
export interface Comparison {
  /** Names of the table of nets; all of it unless given. */
  readonly nets?: readonly string[] | undefined;
  /** Of every random choice: the data, the first parameters, the windows. */
  readonly seed: number;
  /** Of each net, but for those that need more. */
  readonly steps: number;
  /** A folder of pairs; the built-in shapes unless given. */
  readonly dir?: string | undefined;
}

/** Steps for a first look at all nets, a few minutes on two cores, and for a closer one. */
export const stepsOf: { readonly quick: number; readonly full: number } = { quick: 800, full: 3000 };

/**
 * What all nets are trained by: one recipe, so that what differs is the net. Only a net that says that it needs more steps, or smaller
 * ones, gets them.
 */
export function recipeFor(name: string, { seed, steps: common, dir }: Comparison): TrainConfig {
  const epochs = 4;
  const { defaults, training } = nets[name]!;
  const steps = common * (training?.steps ?? 1);
  return {
    data: dir === undefined ? { kind: 'shapes', size: 96, classes: 4, count: 264 } : { kind: 'folder', dir },
    val: dir === undefined ? '24' : '0.2',
    net: { name, ...defaults, norm: 'group' },
    seed,
    batch: 4,
    crop: 64,
    flip: 'both',
    turn: 'quarter',
    epochs,
    stepsPerEpoch: Math.ceil(steps / epochs),
    steps,
    optimizer: 'adam',
    learningRate: 0.01 * (training?.learningRate ?? 1),
    schedule: 'cosine',
    loss: 'ce',
    classWeights: 'none',
    backend: 'wasm',
  };
}
