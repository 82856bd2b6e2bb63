import { expect, it } from 'vitest';
import { wasmWith } from '../../src/backends/index.ts';
import { array } from '../../src/graph/nd-array.ts';
import { f32 } from '../../src/graph/type.ts';
import { paint } from '../../src/lab/style/paint.ts';
import { styleImage } from '../../src/lab/style/style-image.ts';
import { styleTransfer } from '../../src/lab/style/style-transfer.ts';
import { contentLoss } from '../../src/ops/index.ts';

const options = { seed: 5, effort: 0.1, backend: wasmWith({ threads: 1 }), progress: () => {} };

it('lowers both losses, and remembers less of a high layer', async () => {
  const { tables, curves } = await styleTransfer.run(options);
  for (const [name, before, after] of tables[0]!.rows) expect(after, String(name)).toBeLessThan(Number(before) / 2);
  const [low, high] = tables[1]!.rows.map((row) => Number(row[3]));
  expect(low).toBeGreaterThan(high!);
  // What is drawn begins at the noise, which is the unit.
  for (const { points } of curves[0]!.lines) expect(points[0]).toEqual([0, 1]);
});

it('what is painted is the image itself: wishing for pixels gives them', async () => {
  const wanted = styleImage(1, 6, 7);
  const { image, log } = await paint(
    {
      what: 'pixels',
      size: [6, 7],
      steps: 300,
      given: { wanted },
      weights: { pixels: 1 },
      losses: (painted, { wanted }) => ({ pixels: contentLoss(painted, wanted!) }),
    },
    options,
  );
  expect(log).toHaveLength(301);
  const most = Math.max(...image.data.map((value, i) => Math.abs(value - wanted.data[i]!)));
  expect(most).toBeLessThan(0.01);
});

it('the style is the same for the same seed, and in 0 … 1', () => {
  expect(styleImage(3, 9, 12)).toEqual(styleImage(3, 9, 12));
  expect(styleImage(3, 9, 12).data).not.toEqual(styleImage(4, 9, 12).data);
  const { data } = styleImage(3, 30, 30);
  expect(Math.min(...data)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...data)).toBeLessThanOrEqual(1);
  expect(array(f32(1, 3, 30, 30)).data.length).toBe(data.length);
});
