import { array, type NdArray } from '../../graph/nd-array.ts';
import { f32 } from '../../graph/type.ts';
import { randomStream } from '../../nn/index.ts';

/** Red, green and blue in 0 … 1. */
type Colour = readonly [number, number, number];

/** Colours that are far apart: ink, sky, straw and fire. */
const palette: readonly Colour[] = [
  [0.08, 0.1, 0.35],
  [0.25, 0.55, 0.85],
  [0.98, 0.85, 0.35],
  [0.9, 0.3, 0.12],
];

/**
 * A picture without content, `f32[1, 3, height, width]`: bands of four colours along a bent wave of random direction and
 * length, with brush strokes across. The same everywhere, so that it is all style.
 */
export function styleImage(seed: number, height: number, width: number): NdArray {
  const draw = randomStream(seed, 'style');
  const [angle, turn] = [Math.PI * draw.uniform(), 0.7 + 0.5 * draw.uniform()];
  const [length, bend] = [12 + 5 * draw.uniform(), 1.5 + draw.uniform()];
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const [c2, s2] = [Math.cos(angle + turn), Math.sin(angle + turn)];
  const image = array(f32(1, 3, height, width));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [along, across] = [x * c + y * s, x * c2 + y * s2];
      const phase = along / length + (bend / length) * Math.sin((2 * Math.PI * across) / (1.6 * length));
      const place = 4 * (phase - Math.floor(phase));
      const [band, edge] = [Math.floor(place) % 4, place - Math.floor(place)];
      const stroke = 0.85 + 0.15 * Math.sin(1.9 * across + 3 * band);
      for (let k = 0; k < 3; k++) {
        const [here, next] = [palette[band]![k]!, palette[(band + 1) % 4]![k]!];
        const mixed = here + (next - here) * Math.min(1, Math.max(0, 4 * edge - 3));
        image.data[(k * height + y) * width + x] = stroke * mixed;
      }
    }
  return image;
}
