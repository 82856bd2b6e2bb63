import { expect, test } from 'vitest';
import { unet } from '../../src/nn/index.ts';
import { fitNet, shapesDataset } from '../../src/train/index.ts';

const dataset = shapesDataset({ size: 32, classes: 3, count: 6, seed: 3 });
const net = unet({ inChannels: 3, classes: 3, width: 4, depth: 2 });
const options = { steps: 30, crop: 32, batch: 2, seed: 1 };

test('fitting a net brings its loss down, predicts whole images and repeats itself', () => {
  const told: number[] = [];
  const fitted = fitNet(net, dataset, { ...options, onStep: (step) => told.push(step) });
  const mean = (losses: readonly number[]): number => losses.reduce((a, b) => a + b, 0) / losses.length;
  expect(mean(fitted.losses.slice(-5))).toBeLessThan(0.8 * mean(fitted.losses.slice(0, 3)));
  expect(told).toEqual(fitted.losses.map((_, k) => k + 1));
  const { image, mask } = dataset.samples[0]!;
  expect(fitted.predict(image).shape).toEqual(mask.shape);
  expect(fitted.score(dataset.samples).accuracy).toBeGreaterThan(0.4);
  fitted.close();

  const again = fitNet(net, dataset, options);
  expect(again.losses).toEqual(fitted.losses);
  again.close();
});

test('windows that the net cannot halve are refused', () => {
  expect(() => fitNet(net, dataset, { ...options, crop: 30 })).toThrow(
    /train\/crop: windows of 30 pixels do not fit unet/,
  );
});
