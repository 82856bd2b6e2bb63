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

/** Predicts and scores all held-back samples and writes overlays of the first; undefined when interrupted. */
export async function validate(
  { validation, record }: Pick<Run, 'validation' | 'record'>,
  predictor: Predictor,
  overlays: string,
  reporter: Reporter,
  signal?: AbortSignal,
): Promise<Scores | undefined> {
  const confusion = new Confusion(record.data.classMap.codes.length);
  const boundaries = new BoundaryScores(record.data.classMap.codes.length);
  for (const [i, { name, image, mask }] of validation.entries()) {
    const prediction = predictor.predict(normalise(image, record.normalisation));
    confusion.add(mask, prediction);
    boundaries.add(mask, prediction);
    if (i < mostOverlays) writeAtomically(join(overlays, `${name}.png`), encodePng(overlay(image, mask, prediction)));
    reporter.validating(i + 1, validation.length);
    await setImmediate();
    if (signal?.aborted === true) return undefined;
  }
  return scoresOf(confusion, boundaries);
}
