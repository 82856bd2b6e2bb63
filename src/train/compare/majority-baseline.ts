import { array } from '../../graph/nd-array.ts';
import { BoundaryScores } from '../boundary-scores.ts';
import type { Sample } from '../data/dataset.ts';
import { Confusion, type Scores, scoresOf } from '../metrics.ts';

/** Scores of the simplest prediction: everything is of the class that has the most pixels in training. */
export function majorityBaseline(classes: number, training: readonly Sample[], validation: readonly Sample[]): Scores {
  const counts = new Array<number>(classes).fill(0);
  for (const { mask } of training) for (const k of mask.data) if (k >= 0) counts[k]! += 1;
  const majority = counts.indexOf(Math.max(...counts));
  const confusion = new Confusion(classes);
  const boundaries = new BoundaryScores(classes);
  for (const { mask } of validation) {
    const prediction = array(mask, new Int32Array(mask.data.length).fill(majority));
    confusion.add(mask, prediction);
    boundaries.add(mask, prediction);
  }
  return scoresOf(confusion, boundaries);
}
