import type { NdArray } from '../../graph/nd-array.ts';
import { array } from '../../graph/nd-array.ts';
import { i32 } from '../../graph/type.ts';
import { randomStream } from '../../nn/index.ts';
import { shapeKinds } from '../../train/data/shapes/figure.ts';
import { batchOf } from '../batch-of.ts';
import { figureImage } from '../figures/figure-image.ts';

/** Height and width. */
export type Size = readonly [number, number];

/** Images f32[count, 1, height, width] and which figure is in each, i32[count]. */
export interface Labelled {
  readonly images: NdArray;
  readonly classes: NdArray;
}

/** Images of one size with one figure each, anywhere in it, turned, their radius a third of the shorter side and more. */
export function labelled(seed: number, name: string, count: number, size: Size): Labelled {
  const [height, width] = size;
  const classes = array(i32(count));
  const images = Array.from({ length: count }, (_, n) => {
    const draw = randomStream(seed, `${name}/${height}x${width}/${n}`);
    const kind = Math.floor(shapeKinds.length * draw.uniform());
    const radius = Math.min(height, width) * (0.34 + 0.08 * draw.uniform());
    const place = (length: number): number => radius + draw.uniform() * (length - 2 * radius);
    classes.data[n] = kind;
    const turn = 2 * Math.PI * draw.uniform();
    return figureImage(draw, size, [{ kind: kind + 1, x: place(width), y: place(height), radius, turn }]);
  });
  return { images: batchOf(images), classes };
}
