import type { NdArray } from '../../src/graph/nd-array.ts';
import { encodePng } from '../../src/io/png/encode-png.ts';

const gap = 6;

/** Images [C, H, W] in 0 … 1 side by side, each enlarged by a whole factor to about `side` pixels, in rows of `columns`: PNG. */
export function imageRow(
  images: readonly NdArray[],
  { side = 150, columns = images.length }: { side?: number; columns?: number } = {},
): Uint8Array {
  const rows = Math.ceil(images.length / columns);
  const [width, height] = [columns * (side + gap) - gap, rows * (side + gap) - gap];
  const data = new Uint8Array(width * height * 4);
  for (const [k, { shape, data: values }] of images.entries()) {
    const [channels = 1, h = 1, w = 1] = shape;
    const [left, top] = [(k % columns) * (side + gap), Math.floor(k / columns) * (side + gap)];
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++) {
        const pixel = Math.floor((y * h) / side) * w + Math.floor((x * w) / side);
        const at = ((top + y) * width + left + x) * 4;
        for (let c = 0; c < 3; c++)
          data[at + c] = Math.max(
            0,
            Math.min(255, Math.round(255 * values[(channels === 1 ? 0 : c) * h * w + pixel]!)),
          );
        data[at + 3] = 255;
      }
  }
  return encodePng({ width, height, channels: 4, data });
}
