import { array, type NdArray } from '../../graph/nd-array.ts';
import { type Random, randomInteger } from '../random.ts';
import type { Sample } from './dataset.ts';

/** Along which axes samples are mirrored, each with probability one half. */
export const flips = ['none', 'horizontal', 'vertical', 'both'] as const;
export type Flip = (typeof flips)[number];

/** By how much samples are turned: not at all, or by 0, 1, 2 or 3 quarter turns, each with probability one quarter. */
export const turns = ['none', 'quarter'] as const;
export type Turn = (typeof turns)[number];

/** How windows are drawn. */
export interface Augmentation {
  readonly flip: Flip;
  readonly turn: Turn;
}

/**
 * A square window of a sample, its mirroring and, after that, its turning. Rows and columns may lie outside the image: they are read
 * mirrored at its border.
 */
export interface Window {
  readonly top: number;
  readonly left: number;
  readonly size: number;
  readonly flipRows: boolean;
  readonly flipColumns: boolean;
  /** Quarter turns anticlockwise, 0 to 3. */
  readonly turns: number;
}

/** A random window inside the image; an image smaller than `size` is centred in it, the rest mirrored. */
export function randomWindow(
  draw: Random,
  height: number,
  width: number,
  size: number,
  { flip, turn }: Augmentation,
): Window {
  // Five draws whatever the options are, so that a change of one leaves the others' results alone.
  const [top, left, rows, columns, quarters] = [
    offset(draw, height, size),
    offset(draw, width, size),
    draw.uniform() < 0.5,
    draw.uniform() < 0.5,
    randomInteger(draw, 4),
  ];
  return {
    top,
    left,
    size,
    flipRows: rows && (flip === 'vertical' || flip === 'both'),
    flipColumns: columns && (flip === 'horizontal' || flip === 'both'),
    turns: turn === 'quarter' ? quarters : 0,
  };
}

/** Cuts the window out of image (`[channels, size, size]`) and mask (`[size, size]`) alike. */
export function cutWindow(
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

/** Position i of an endless row that repeats 0 … n−1 mirrored: −1 is 0, n is n − 1. */
export function mirrored(i: number, n: number): number {
  const period = 2 * n;
  const j = ((i % period) + period) % period;
  return j < n ? j : period - 1 - j;
}

const offset = (draw: Random, have: number, want: number): number => {
  const spare = have - want;
  const drawn = randomInteger(draw, Math.max(1, spare + 1));
  return spare >= 0 ? drawn : Math.ceil(spare / 2);
};

function positions(start: number, count: number, length: number, flip: boolean): number[] {
  const forward = Array.from({ length: count }, (_, i) => mirrored(start + i, length));
  return flip ? forward.reverse() : forward;
}
