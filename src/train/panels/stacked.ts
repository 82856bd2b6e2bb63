import type { Picture } from '../../io/png/encode-png.ts';

const gap = 4;

/** Pictures of 3 channels from top to bottom on white. */
export function stacked(pictures: readonly Picture[]): Picture {
  const width = Math.max(...pictures.map((picture) => picture.width));
  const height = pictures.reduce((sum, picture) => sum + picture.height + gap, -gap);
  const data = new Uint8Array(3 * width * height).fill(255);
  let top = 0;
  for (const picture of pictures) {
    for (let y = 0; y < picture.height; y++)
      data.set(picture.data.subarray(3 * y * picture.width, 3 * (y + 1) * picture.width), 3 * (top + y) * width);
    top += picture.height + gap;
  }
  return { width, height, channels: 3, data };
}
