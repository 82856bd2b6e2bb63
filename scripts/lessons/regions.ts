import { randomStream } from '../../src/nn/index.ts';
import { drawPoints } from './points.ts';

/** A box between pixels, its two by two bins as RoI pooling rounds them, and where RoI align samples. */
function regions(): string {
  const box = [0.7, 1.3, 5.2, 6.1] as const;
  const [top, left, bottom, right] = box;
  const [first, last] = [Math.round(top), Math.round(bottom)];
  const [start, end] = [Math.round(left), Math.round(right)];
  const samples = [0, 1, 2, 3].flatMap((i) =>
    [0, 1, 2, 3].map((j) => [top + ((i + 0.5) * (bottom - top)) / 4, left + ((j + 0.5) * (right - left)) / 4] as const),
  );
  const shaded = (r: number, c: number): boolean => r >= first && r <= last && c >= start && c <= end;
  return drawPoints([
    { rows: 7, columns: 8, caption: 'RoI pooling: maxima over whole pixels', points: [], box, shaded },
    { rows: 7, columns: 8, caption: 'RoI align: samples where the box is', points: samples, box },
  ]);
}

/** A 3×3 window at the middle of 7×7, and the same with an offset for each tap. */
function deformed(): string {
  const { uniform } = randomStream(2, 'offsets');
  const taps = [-1, 0, 1].flatMap((i) => [-1, 0, 1].map((j) => [3.5 + i, 3.5 + j] as const));
  const moved = taps.map(([r, c]) => [r + 3 * (uniform() - 0.5), c + 3 * (uniform() - 0.5)] as const);
  const dilated = taps.map(([r, c]) => [3.5 + 2 * (r - 3.5), 3.5 + 2 * (c - 3.5)] as const);
  return drawPoints([
    { rows: 7, columns: 7, caption: 'convolution', points: taps },
    { rows: 7, columns: 7, caption: 'dilated by 2', points: dilated },
    { rows: 7, columns: 7, caption: 'deformable', points: moved, from: taps },
  ]);
}

export const regionPictures: { readonly [file: string]: () => string } = {
  'regions.svg': regions,
  'deformed.svg': deformed,
};
