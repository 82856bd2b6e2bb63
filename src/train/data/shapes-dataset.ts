import { CotangentError } from '../../graph/error.ts';
import { random } from '../random.ts';
import type { Dataset, Sample } from './dataset.ts';
import { drawScene } from './shapes/draw-scene.ts';
import { shapeKinds } from './shapes/figure.ts';

/** What to generate. */
export interface ShapesOptions {
  /** Height and width in pixels, at least 16. */
  readonly size: number;
  /** Classes including the background: 2 to 6. */
  readonly classes: number;
  readonly count: number;
  readonly seed: number;
}

/**
 * Images made by rule: discs, rings, triangles, stars and squares of any size, turn, colour and pattern, which hide parts of each other
 * and throw shadows, over a mottled ground with stray lines, in light from one side, with noise. What tells the classes apart is shape
 * alone. Masks are exact: a pixel belongs to the topmost shape that covers its centre.
 *
 * @throws CotangentError `data/shapes` when an option is out of range.
 */
export function shapesDataset({ size, classes, count, seed }: ShapesOptions): Dataset {
  const most = shapeKinds.length + 1;
  if (!(classes >= 2 && classes <= most && size >= 16 && count >= 1))
    throw new CotangentError({
      code: 'data/shapes',
      summary: `no shapes set of ${count} images of ${size}×${size} with ${classes} classes`,
      fix: `ask for 2 to ${most} classes, a size of at least 16 and one image or more.`,
    });
  return {
    name: 'built-in shapes',
    channels: 3,
    classes,
    classNames: ['background', ...shapeKinds.slice(0, classes - 1)],
    classMap: { kind: 'palette', codes: Array.from({ length: classes }, (_, k) => k) },
    samples: Array.from(
      { length: count },
      (_, i): Sample => ({
        name: `shape-${`${i}`.padStart(4, '0')}`,
        ...drawScene(random(seed, 'shape', i), size, classes),
      }),
    ),
  };
}
