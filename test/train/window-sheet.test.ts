import { describe, expect, it } from 'vitest';
import { shapesDataset } from '../../src/train/data/shapes-dataset.ts';
import { windowSheet } from '../../src/train/data/window-sheet.ts';

describe('windowSheet', () => {
  const { samples } = shapesDataset({ size: 32, classes: 3, count: 3, seed: 0 });
  const plan = { seed: 3, batch: 1, crop: 16, flip: 'both', turn: 'quarter' } as const;

  it('shows as many windows as asked for, four to a row, each twice', () => {
    const picture = windowSheet(samples, plan, 6);
    // 16 pixels enlarged twelve times, gaps of 4.
    expect(picture).toMatchObject({ width: 8 * 192 + 7 * 4, height: 2 * 192 + 4, channels: 3 });
    expect(picture.data).toHaveLength(3 * picture.width * picture.height);
    // The last places are empty: white.
    const last = picture.data.subarray(-3 * 100);
    expect(last.every((value) => value === 255)).toBe(true);
    expect(windowSheet(samples, plan, 6)).toEqual(picture);
    expect(windowSheet(samples, { ...plan, rotate: 90 }, 6)).not.toEqual(picture);
  });
});
