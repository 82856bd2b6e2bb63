import type { NdArray } from '../graph/nd-array.ts';
import type { BoundaryScores } from './boundary-scores.ts';

/**
 * Counts of pixels by true and predicted class. Scores follow from the counts of a whole set, not from means over images.
 */
export class Confusion {
  readonly classes: number;
  /** Row-major: `counts[truth * classes + prediction]`. */
  readonly counts: Float64Array;

  constructor(classes: number) {
    this.classes = classes;
    this.counts = new Float64Array(classes * classes);
  }

  /** Adds one pair of masks of equal size; true classes outside 0 … classes − 1 (such as an ignore index) are left out. */
  add(truth: NdArray, prediction: NdArray): void {
    for (let i = 0; i < truth.data.length; i++) {
      const t = truth.data[i]!;
      if (t >= 0 && t < this.classes) this.counts[t * this.classes + prediction.data[i]!]! += 1;
    }
  }
}

/**
 * Scores of a confusion matrix, each in [0, 1]. A class that occurs neither in truth nor in prediction has no score: it is null,
 * and means leave it out. A class that is predicted but never true scores 0.
 */
export interface Scores {
  /** Share of pixels that are right. */
  readonly accuracy: number;
  /** Mean of the classes' accuracies: with all classes alike, however few pixels they have. Null where no class is true. */
  readonly macc: number | null;
  /** Mean of the classes' IoU. */
  readonly miou: number;
  /** Mean of the classes' Dice coefficients. */
  readonly mdice: number;
  /** Mean of the classes' boundary F1; null where no class has a boundary, or they were not counted. */
  readonly mboundary: number | null;
  /** Intersection over union, per class. */
  readonly iou: readonly (number | null)[];
  /** Twice the intersection over the sum of both areas, per class. */
  readonly dice: readonly (number | null)[];
  /** Share of a class's true pixels that are right (recall), per class; null for one that is never true. */
  readonly classAccuracy: readonly (number | null)[];
  /** {@link BoundaryScores}, per class; empty where they were not counted. */
  readonly boundary: readonly (number | null)[];
  /** Pixels by true class (rows) and predicted class (columns). */
  readonly confusion: readonly (readonly number[])[];
}

/** All scores; of no pixels at all they are 0 and null. */
export function scoresOf({ classes, counts }: Confusion, boundaries?: BoundaryScores): Scores {
  const iou: (number | null)[] = [];
  const dice: (number | null)[] = [];
  const classAccuracy: (number | null)[] = [];
  let right = 0;
  let all = 0;
  for (let k = 0; k < classes; k++) {
    let truth = 0;
    let predicted = 0;
    for (let j = 0; j < classes; j++) {
      truth += counts[k * classes + j]!;
      predicted += counts[j * classes + k]!;
    }
    const both = counts[k * classes + k]!;
    right += both;
    all += truth;
    const either = truth + predicted - both;
    iou.push(either === 0 ? null : both / either);
    classAccuracy.push(truth === 0 ? null : both / truth);
    dice.push(either === 0 ? null : (2 * both) / (truth + predicted));
  }
  const boundary = boundaries?.f1 ?? [];
  return {
    accuracy: all === 0 ? 0 : right / all,
    macc: meanOf(classAccuracy),
    miou: meanOf(iou) ?? 0,
    mdice: meanOf(dice) ?? 0,
    mboundary: meanOf(boundary),
    iou,
    dice,
    classAccuracy,
    boundary,
    confusion: Array.from({ length: classes }, (_, k) => Array.from(counts.subarray(k * classes, (k + 1) * classes))),
  };
}

function meanOf(scores: readonly (number | null)[]): number | null {
  const present = scores.filter((s) => s !== null);
  return present.length === 0 ? null : present.reduce((a, b) => a + b, 0) / present.length;
}
