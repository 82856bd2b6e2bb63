import { expect, it } from 'vitest';
import { wasmWith } from '../../src/backends/index.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32 } from '../../src/graph/type.ts';
import { boxScores } from '../../src/lab/roi-head/box-scores.ts';
import { boxed, perImage, side } from '../../src/lab/roi-head/boxed.ts';
import { roiHead } from '../../src/lab/roi-head/roi-head.ts';

const backend = wasmWith({ threads: 1 });

it('learns to correct boxes; gradients move boxes with RoI align only', async () => {
  const { tables } = await roiHead.run({ seed: 2, effort: 0.2, backend, progress: () => {} });
  const [given, align, pool, moved, stayed] = tables[0]!.rows.map((row) => Number(row[1]));
  expect(align).toBeGreaterThan(given!);
  expect(pool).toBeGreaterThan(given! - 0.02);
  expect(moved).not.toBe(given);
  expect(stayed).toBe(given);
});

it('true boxes hold their figures and nothing more, rough ones are near', () => {
  const { images, truth, rough, classes } = boxed(4, 'some', 5);
  expect(images.shape).toEqual([5, 1, side, side]);
  expect(classes.data.length).toBe(5 * perImage);
  for (let k = 0; k < 5 * perImage; k++) {
    const [image, x1, y1, x2, y2] = Array.from(truth.data.subarray(5 * k, 5 * k + 5)) as number[];
    expect(image).toBe(Math.floor(k / perImage));
    expect(Math.min(x1!, y1!, side - x2!, side - y2!)).toBeGreaterThanOrEqual(0);
    expect(x2! - x1!).toBeGreaterThan(5);
    expect(y2! - y1!).toBeGreaterThan(5);
  }
  const { overlap, error } = boxScores(rough, truth);
  expect(overlap).toBeGreaterThan(0.5);
  expect(overlap).toBeLessThan(0.9);
  expect(error).toBeGreaterThan(0.5);
});

it('scores of boxes by hand', () => {
  const of = (...rows: number[][]) => array(f32(rows.length, 5), rows.flat());
  const truth = of([0, 0, 0, 4, 4], [0, 10, 10, 12, 12]);
  expect(boxScores(truth, truth)).toEqual({ overlap: 1, error: 0 });
  // Half of the first, none of the second.
  const other = of([0, 0, 0, 4, 2], [0, 20, 10, 22, 12]);
  expect(boxScores(other, truth)).toEqual({ overlap: 0.25, error: (2 / 4 + 20 / 4) / 2 });
});
