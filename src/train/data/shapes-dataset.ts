import { CotangentError } from '../../graph/error.ts';
import { random } from '../random.ts';
import type { Dataset, Sample } from './dataset.ts';
import { type SceneName, scenes } from './scenes/scenes.ts';

/** What to generate. */
export interface ShapesOptions {
  /** Which kind of scene; shapes unless given. */
  readonly scene?: SceneName | undefined;
  /** Height and width in pixels, at least 16. */
  readonly size: number;
  /** Classes including the background: 2 to as many as the scene knows (6 for shapes). */
  readonly classes: number;
  readonly count: number;
  readonly seed: number;
}

/**
 * Images made by rule. The shapes are discs, rings, triangles, stars and squares of any size, turn, colour and pattern, which hide parts of
 * each other and throw shadows, over a mottled ground with stray lines, in light from one side, with noise; what tells the classes apart
 * is shape alone. Masks are exact: a pixel belongs to the topmost shape that covers its centre. {@link scenes} lists the other kinds.
 *
 * @throws CotangentError `data/shapes` when an option is out of range.
 */
export function shapesDataset({ scene = 'shapes', size, classes, count, seed }: ShapesOptions): Dataset {
  const { classNames, draw } = scenes[scene];
  const most = classNames.length;
  if (!(classes >= 2 && classes <= most && size >= 16 && count >= 1))
    throw new CotangentError({
      code: 'data/shapes',
      summary: `no ${scene} set of ${count} images of ${size}×${size} with ${classes} classes`,
      fix: `ask for 2 to ${most} classes, a size of at least 16 and one image or more.`,
    });
  const samples = Array.from(
    { length: count },
    (_, i): Sample => ({
      name: `${scene === 'shapes' ? 'shape' : scene}-${`${i}`.padStart(4, '0')}`,
      ...draw(random(seed, scene === 'shapes' ? 'shape' : scene, i), size, classes),
    }),
  );
  return {
    name: `built-in ${scene}`,
    channels: samples[0]!.image.shape[0] as 1 | 3,
    classes,
    classNames: classNames.slice(0, classes),
    classMap: { kind: 'palette', codes: Array.from({ length: classes }, (_, k) => k) },
    samples,
  };
}
