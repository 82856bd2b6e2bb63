import { array, type NdArray } from '../../graph/nd-array.ts';
import type { Sample } from './dataset.ts';
import { mirrored } from './mirrored.ts';
import { changeTone } from './tone.ts';
import { warpWindow } from './warp-window.ts';
import type { Window } from './window.ts';

/**
 * Cuts the window out of image (`[channels, size, size]`) and mask (`[size, size]`) alike. Without a warp pixels are copied as they are;
 * with one, images are read between pixels (bilinear) and masks at the nearest pixel. The tone changes the image alone.
 */
export function cutWindow(
  sample: Pick<Sample, 'image' | 'mask'>,
  window: Window,
): { readonly image: NdArray; readonly mask: NdArray } {
  const part = window.warp === undefined ? copyWindow(sample, window) : warpWindow(sample, window, window.warp);
  if (window.tone !== undefined) changeTone(part.image, window.tone);
  return part;
}

function copyWindow(
  { image, mask }: Pick<Sample, 'image' | 'mask'>,
  window: Window,
): { image: NdArray; mask: NdArray } {
  const [height, width] = [mask.shape[0]!, mask.shape[1]!];
  const { size, turns } = window;
  // A quarter turn reads columns from last to first and each of them as a row, so turning is mirroring and the order of reading.
  const rows = positions(window.top, size, height, window.flipRows !== turns >= 2).map((y) => y * width);
  const columns = positions(window.left, size, width, window.flipColumns !== (turns === 1 || turns === 2));
  const [outer, inner] = turns % 2 === 0 ? [rows, columns] : [columns, rows];
  const cut = (from: NdArray, planes: number, shape: readonly number[]): NdArray => {
    const to = array({ dtype: from.dtype, shape });
    let at = 0;
    for (let p = 0; p < planes; p++)
      for (const first of outer) {
        const line = p * height * width + first;
        for (const second of inner) to.data[at++] = from.data[line + second]!;
      }
    return to;
  };
  const channels = image.shape[0]!;
  return { image: cut(image, channels, [channels, size, size]), mask: cut(mask, 1, [size, size]) };
}

function positions(start: number, count: number, length: number, flip: boolean): number[] {
  const forward = Array.from({ length: count }, (_, i) => mirrored(start + i, length));
  return flip ? forward.reverse() : forward;
}
