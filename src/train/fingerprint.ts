import { createHash } from 'node:crypto';
import type { Sample } from './data/dataset.ts';

/** SHA-256 over names, sizes, pixels and classes: equal for equal data, wherever it lies. */
export function fingerprint(samples: readonly Sample[]): string {
  const hash = createHash('sha256');
  for (const { name, image, mask } of samples) {
    hash.update(JSON.stringify([name, image.shape, mask.shape]));
    for (const { data } of [image, mask]) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
