import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32, i32 } from '../../graph/type.ts';
import { random, randomOrder } from '../random.ts';
import { type Augmentation, cutWindow, randomWindow } from './augment.ts';
import { ignoredClass } from './class-map.ts';
import type { Sample } from './dataset.ts';

/** How batches are drawn. */
export interface BatchPlan extends Augmentation {
  readonly seed: number;
  /** Samples per batch. */
  readonly batch: number;
  /** Side of the square windows. */
  readonly crop: number;
}

/** What a training step is fed: `image f32[batch, channels, crop, crop]` and `target i32[batch, crop, crop]`. */
export interface Batch {
  readonly image: NdArray;
  readonly target: NdArray;
}

/**
 * Batch `index` of epoch `epoch`: depends on these, the plan and the samples only, so it is the same after a resume.
 * Every sample comes once before any comes twice.
 */
export function drawBatch(samples: readonly Sample[], plan: BatchPlan, epoch: number, index: number): Batch {
  const { seed, batch, crop } = plan;
  const channels = samples[0]!.image.shape[0]!;
  const image = array(f32(batch, channels, crop, crop));
  const target = array(i32(batch, crop, crop));
  for (let i = 0; i < batch; i++) {
    const k = index * batch + i;
    const pass = Math.floor(k / samples.length);
    const order = randomOrder(random(seed, 'order', epoch, pass), samples.length);
    const sample = samples[order[k % samples.length]!]!;
    const [height, width] = [sample.mask.shape[0]!, sample.mask.shape[1]!];
    const draw = random(seed, 'window', epoch, k);
    let part = cutWindow(sample, randomWindow(draw, height, width, crop, plan));
    // A window without a single class teaches nothing, and a batch of such has no mean loss.
    for (let tries = 0; tries < 20 && part.mask.data.every((c) => c === ignoredClass); tries++)
      part = cutWindow(sample, randomWindow(draw, height, width, crop, plan));
    image.data.set(part.image.data, i * part.image.data.length);
    target.data.set(part.mask.data, i * part.mask.data.length);
  }
  return { image, target };
}
