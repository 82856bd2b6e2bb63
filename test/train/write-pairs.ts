import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodePng } from '../../src/io/png/encode-png.ts';
import { random } from '../../src/train/random.ts';

/** A grey image of this size: a bright square on dark noise, and its 0/255 mask. */
export function squarePair(size: number, seed: number): { image: Uint8Array; mask: Uint8Array } {
  const draw = random(seed, 'square').uniform;
  const [side, left, top] = [size / 2, Math.floor((draw() * size) / 2), Math.floor((draw() * size) / 2)];
  const image = new Uint8Array(size * size);
  const mask = new Uint8Array(size * size);
  for (let i = 0; i < image.length; i++) {
    const [x, y] = [i % size, Math.floor(i / size)];
    const inside = x >= left && x < left + side && y >= top && y < top + side;
    mask[i] = inside ? 255 : 0;
    image[i] = (inside ? 150 : 40) + Math.floor(60 * draw());
  }
  return { image, mask };
}

/** Writes a folder of grey PNG pairs as `images/` and `masks/`. */
export function writePairs(dir: string, count: number, size: number): void {
  for (const folder of ['images', 'masks']) mkdirSync(join(dir, folder), { recursive: true });
  for (let i = 0; i < count; i++) {
    const { image, mask } = squarePair(size, i);
    const grey = { width: size, height: size, channels: 1 } as const;
    writeFileSync(join(dir, 'images', `${i}.png`), encodePng({ ...grey, data: image }));
    writeFileSync(join(dir, 'masks', `${i}.png`), encodePng({ ...grey, data: mask }));
  }
}
