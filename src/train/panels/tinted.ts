import type { NdArray } from '../../graph/nd-array.ts';
import { classColours } from './class-colours.ts';

/** Red, green and blue per pixel, row by row. */
export type Panel = Uint8ClampedArray;

/** An image `f32[1 or 3, height, width]` as it is, or, where a mask names a class other than 0, its brightness in that class's colour. */
export function tinted(image: NdArray, mask?: NdArray): Panel {
  const plane = image.data.length / image.shape[0]!;
  const [green, blue] = image.shape[0] === 1 ? [0, 0] : [plane, 2 * plane];
  const colours = classColours(256);
  const result = new Uint8ClampedArray(3 * plane);
  for (let i = 0; i < plane; i++) {
    const [r, g, b] = [255 * image.data[i]!, 255 * image.data[green + i]!, 255 * image.data[blue + i]!];
    // A colour over a colour would look like a third one: of the image only brightness shines through.
    const brightness = 0.299 * r + 0.587 * g + 0.114 * b;
    const tint = mask === undefined || mask.data[i]! <= 0 ? undefined : colours[mask.data[i]! % 256]!;
    result[3 * i] = tint === undefined ? r : 0.45 * brightness + 0.55 * tint[0];
    result[3 * i + 1] = tint === undefined ? g : 0.45 * brightness + 0.55 * tint[1];
    result[3 * i + 2] = tint === undefined ? b : 0.45 * brightness + 0.55 * tint[2];
  }
  return result;
}
