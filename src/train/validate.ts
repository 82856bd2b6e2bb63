import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { encodePng } from '../io/png/encode-png.ts';
import { writeAtomically } from '../io/write-atomically.ts';
import { BoundaryScores } from './boundary-scores.ts';
import { normalise } from './data/normalisation.ts';
import { Confusion, type Scores, scoresOf } from './metrics.ts';
import { overlay } from './overlay.ts';
import type { Predictor } from './predictor.ts';
import type { Reporter } from './reporter.ts';
import type { Run } from './run.ts';

/** Pictures of this many held-back samples are written. */
const mostOverlays = 12;

/** Scores of a validation, and the mean of −ln p of the true class over all pixels that have one. */
export type Validated = Scores & { readonly crossEntropy: number };

/** Predicts and scores all held-back samples and writes overlays of the first; undefined when interrupted. */
export async function validate(
  { validation, record }: Pick<Run, 'validation' | 'record'>,
  predictor: Predictor,
  overlays: string,
  reporter: Reporter,
  signal?: AbortSignal,
): Promise<Validated | undefined> {
  const confusion = new Confusion(record.data.classMap.codes.length);
  const boundaries = new BoundaryScores(record.data.classMap.codes.length);
  let [surprise, pixels] = [0, 0];
  for (const [i, { name, image, mask }] of validation.entries()) {
    const scored = predictor.score(normalise(image, record.normalisation), mask);
    const prediction = scored.classes;
    surprise += scored.surprise;
    pixels += scored.pixels;
    confusion.add(mask, prediction);
    boundaries.add(mask, prediction);
    if (i < mostOverlays) writeAtomically(join(overlays, `${name}.png`), encodePng(overlay(image, mask, prediction)));
    reporter.validating(i + 1, validation.length);
    await setImmediate();
    if (signal?.aborted === true) return undefined;
  }
  return { ...scoresOf(confusion, boundaries), crossEntropy: pixels === 0 ? 0 : surprise / pixels };
}
