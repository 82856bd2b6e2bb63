import { CotangentError } from '../../graph/error.ts';
import { pad, slice } from '../../ops/index.ts';
import type { Image } from '../layers/image.ts';
import { skipMisfit } from './unet-shape.ts';

/** A level's features and what comes up from below, brought to one size. */
export interface Meeting {
  readonly skip: Image;
  readonly up: Image;
}

/** Brings a skip and what meets it to one size. Windows start at the low end, so it is the high end that gives way. */
export function meet(skip: Image, up: Image, fit: 'error' | 'crop' | 'pad'): Meeting {
  const [n = 0, c = 0, height = 0, width = 0] = skip.shape;
  const [, , upHeight = 0, upWidth = 0] = up.shape;
  if (height === upHeight && width === upWidth) return { skip, up };
  if (fit === 'crop') {
    const limits = [n, c, upHeight, upWidth];
    return { skip: slice(skip, { starts: [0, 0, 0, 0], limits }), up };
  }
  return {
    skip,
    up: pad(up, [
      [0, 0],
      [0, 0],
      [0, height - upHeight],
      [0, width - upWidth],
    ]) as Image,
  };
}

/**
 * Refuses sizes that are odd at some level.
 *
 * @throws CotangentError `unet/skip` with both sizes that would meet.
 */
export function checkEven(x: Image, depth: number): void {
  for (const axis of [2, 3] as const) {
    let size: number = x.shape[axis] ?? 0;
    for (let level = 1; level <= depth; level++) {
      const half = Math.floor(size / 2);
      if (2 * half !== size)
        throw new CotangentError({
          code: 'unet/skip',
          summary: skipMisfit(level, axis, size, 2 * half),
          details: [`the images are ${x.shape[2]}×${x.shape[3]}, halved ${depth} times`],
          fix: `pad or crop images to multiples of ${2 ** depth}, make depth smaller, or choose fit: 'pad' or 'crop'.`,
        });
      size = half;
    }
  }
}
