import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32 } from '../../graph/type.ts';
import type { RandomStream } from '../../nn/index.ts';
import { distanceTo, type Figure } from '../../train/data/shapes/figure.ts';
import { randomHills } from '../../train/data/shapes/pattern.ts';

/** A grey image of figures, f32[1, height, width] in 0 … 1: bright or dark ones on mottled ground, with noise. */
export function figureImage(
  draw: RandomStream,
  [height, width]: readonly [number, number],
  figures: readonly Figure[],
): NdArray {
  const image = array(f32(1, height, width));
  const hills = randomHills(draw, 7);
  const ground = 0.35 + 0.3 * draw.uniform();
  const painted = figures.map((figure) => ({
    distance: distanceTo(figure),
    brightness: ground + (draw.uniform() < 0.5 ? -1 : 1) * (0.25 + 0.1 * draw.uniform()),
  }));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let value = ground + 0.15 * (hills(x, y) - 0.5);
      for (const { distance, brightness } of painted) {
        const cover = Math.min(1, Math.max(0, 0.5 - distance(x + 0.5, y + 0.5)));
        value += cover * (brightness - value);
      }
      image.data[y * width + x] = value + 0.04 * draw.normal();
    }
  return image;
}
