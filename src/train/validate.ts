import { setImmediate } from 'node:timers/promises';
import type { NdArray } from '../graph/nd-array.ts';
import { BoundaryScores } from './boundary-scores.ts';
import type { Sample } from './data/dataset.ts';
import { Confusion, type Scores, scoresOf } from './metrics.ts';
import type { Predictor } from './predictor.ts';
import type { Run } from './run.ts';

/** Scores of a validation, and the mean of −ln p of the true class over all pixels that have one. */
export type Validated = Scores & { readonly crossEntropy: number };

/** Who is told of each sample, and what stops it. */
export interface ValidateOptions {
  /** `classes`: the most likely class of each pixel, `i32[height, width]`. */
  onSample?(sample: Sample, classes: NdArray, index: number): void;
  readonly signal?: AbortSignal | undefined;
}

/** Predicts and scores all held-back samples with a predictor that normalises; undefined when interrupted. */
export async function validate(
  { validation, record }: Pick<Run, 'validation' | 'record'>,
  predictor: Predictor,
  { onSample, signal }: ValidateOptions = {},
): Promise<Validated | undefined> {
  const confusion = new Confusion(record.data.classMap.codes.length);
  const boundaries = new BoundaryScores(record.data.classMap.codes.length);
  let [surprise, pixels] = [0, 0];
  for (const [i, sample] of validation.entries()) {
    const { image, mask } = sample;
    const scored = predictor.score(image, mask);
    surprise += scored.surprise;
    pixels += scored.pixels;
    confusion.add(mask, scored.classes);
    boundaries.add(mask, scored.classes);
    onSample?.(sample, scored.classes, i);
    await setImmediate();
    if (signal?.aborted === true) return undefined;
  }
  return { ...scoresOf(confusion, boundaries), crossEntropy: pixels === 0 ? 0 : surprise / pixels };
}
