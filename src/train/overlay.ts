import type { NdArray } from '../graph/nd-array.ts';
import type { Picture } from '../io/png/encode-png.ts';
import { sideBySide } from './panels/side-by-side.ts';
import { tinted } from './panels/tinted.ts';

/**
 * Image, truth (where known) and prediction side by side, `Picture` with 3 channels. Class 0 shows the image as it is, other classes
 * its brightness in their colour of `classColours`.
 */
export function overlay(image: NdArray, truth: NdArray | undefined, prediction: NdArray): Picture {
  const masks = [undefined, ...(truth === undefined ? [] : [truth]), prediction];
  const panels = masks.map((mask) => tinted(image, mask));
  return sideBySide(panels, { height: image.shape[1]!, width: image.shape[2]! });
}
