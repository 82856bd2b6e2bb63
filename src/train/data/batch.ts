import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32, i32 } from '../../graph/type.ts';
import { type Random, random, randomOrder } from '../random.ts';
import type { Augmentation } from './augment.ts';
import { balancedWindow } from './balanced-window.ts';
import { ignoredClass } from './class-map.ts';
import { cutWindow } from './cut-window.ts';
import type { Sample } from './dataset.ts';
import { type Normalisation, normaliseInto } from './normalisation.ts';
import { randomWindow, varyWindow, type Window } from './window.ts';

/**
 * Where windows lie. Uniform: every sample comes once before any comes twice, windows anywhere. Balanced: around a pixel of a class that is
 * drawn first, all classes alike, so that rare ones are seen as often as others.
 */
export const samplings = ['uniform', 'balanced'] as const;
export type Sampling = (typeof samplings)[number];

/** How batches are drawn. */
export interface BatchPlan extends Augmentation {
  readonly seed: number;
  /** Samples per batch. */
  readonly batch: number;
  /** Side of the square windows. */
  readonly crop: number;
  /** Uniform unless given. */
  readonly sampling?: Sampling | undefined;
}

/** What a training step is fed: `image f32[batch, channels, crop, crop]` and `target i32[batch, crop, crop]`. */
export interface Batch {
  readonly image: NdArray;
  readonly target: NdArray;
}

/** A window and the sample that it is cut from: all that decides what the net sees. */
export interface Draw {
  readonly sample: Sample;
  readonly window: Window;
}

/**
 * Batch `index` of epoch `epoch`: depends on these, the plan and the samples only, so it is the same after a resume. Windows are normalised
 * where `normalisation` is given.
 */
export function drawBatch(
  samples: readonly Sample[],
  plan: BatchPlan,
  epoch: number,
  index: number,
  normalisation?: Normalisation,
): Batch {
  const { batch, crop } = plan;
  const channels = samples[0]!.image.shape[0]!;
  const image = array(f32(batch, channels, crop, crop));
  const target = array(i32(batch, crop, crop));
  for (let i = 0; i < batch; i++) {
    const { sample, window } = drawWindow(samples, plan, epoch, index * batch + i);
    const part = cutWindow(sample, window);
    const to = image.data.subarray(i * part.image.data.length, (i + 1) * part.image.data.length);
    if (normalisation === undefined) to.set(part.image.data);
    else normaliseInto(to, part.image, normalisation);
    target.data.set(part.mask.data, i * part.mask.data.length);
  }
  return { image, target };
}

/** Window `k` of epoch `epoch`: a function of these, the plan and the samples. */
export function drawWindow(samples: readonly Sample[], plan: BatchPlan, epoch: number, k: number): Draw {
  const { seed } = plan;
  const draw = random(seed, 'window', epoch, k);
  const changes = random(seed, 'vary', epoch, k);
  // A window without a single class teaches nothing, and a batch of such has no mean loss.
  for (let tries = 0; ; tries++) {
    const { sample, window } = placeWindow(samples, plan, epoch, k, draw);
    const varied = varyWindow(window, changes, plan);
    if (tries === 20 || !sample.mask.data.includes(ignoredClass)) return { sample, window: varied };
    if (cutWindow(sample, varied).mask.data.some((c) => c !== ignoredClass)) return { sample, window: varied };
  }
}

function placeWindow(samples: readonly Sample[], plan: BatchPlan, epoch: number, k: number, draw: Random): Draw {
  if (plan.sampling === 'balanced') return balancedWindow(samples, plan, draw);
  const pass = Math.floor(k / samples.length);
  const order = randomOrder(random(plan.seed, 'order', epoch, pass), samples.length);
  const sample = samples[order[k % samples.length]!]!;
  const [height, width] = [sample.mask.shape[0]!, sample.mask.shape[1]!];
  return { sample, window: randomWindow(draw, height, width, plan.crop, plan) };
}
