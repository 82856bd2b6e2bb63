import { CotangentError } from '../graph/error.ts';
import type { TrainConfig } from './config.ts';
import type { Sample } from './data/dataset.ts';

/**
 * The weight of each class in the cross-entropy; undefined where all weigh alike. Balanced weights are the number of pixels over the
 * number of classes times the class's own pixels: each class then counts alike, and a pixel weighs 1 on average. A class without
 * pixels weighs 1.
 *
 * @throws CotangentError `train/class-weights` for another number of weights than classes, or a loss that knows no weights.
 */
export function classWeightsOf(
  { classWeights, loss }: Pick<TrainConfig, 'classWeights' | 'loss'>,
  training: readonly Pick<Sample, 'mask'>[],
  classes: number,
): readonly number[] | undefined {
  if (classWeights === 'none') return undefined;
  if (loss === 'dice')
    refuse(
      'the Dice loss has no weights: it counts every class alike',
      'leave --class-weights away, or choose --loss ce or ce+dice.',
    );
  if (classWeights === 'balanced') return balanced(training, classes);
  if (classWeights.length !== classes)
    refuse(
      `${classWeights.length} weights (${classWeights.join(', ')}) for ${classes} classes`,
      'give one number per class, in the order of the classes.',
    );
  return classWeights;
}

function balanced(training: readonly Pick<Sample, 'mask'>[], classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const { mask } of training) for (const k of mask.data) if (k >= 0) counts[k]! += 1;
  const all = counts.reduce((a, b) => a + b, 0);
  return counts.map((count) => (count === 0 ? 1 : all / (counts.filter((n) => n > 0).length * count)));
}

function refuse(summary: string, fix: string): never {
  throw new CotangentError({ code: 'train/class-weights', summary, fix });
}
