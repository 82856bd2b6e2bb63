import { expect, it } from 'vitest';
import { wasmWith } from '../../src/backends/index.ts';
import { evaluate } from '../../src/lab/evaluate.ts';
import { labelled, type Size } from '../../src/lab/spp-classifier/labelled.ts';
import { sppClassifier } from '../../src/lab/spp-classifier/spp-classifier.ts';
import { initialValues, sppClassifier as makeLayer } from '../../src/nn/index.ts';

const backend = wasmWith({ threads: 1 });

it('learns: after a few steps the loss is lower and every size is tested', async () => {
  const { curves, tables, claims } = await sppClassifier.run({ seed: 3, effort: 0.06, backend, progress: () => {} });
  const losses = curves[0]!.lines[0]!.points.map(([, loss]) => loss);
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  expect(mean(losses.slice(-10))).toBeLessThan(mean(losses.slice(0, 10)));
  expect(tables[0]!.rows.map(([size]) => size)).toContain('30×42');
  expect(claims[1]!.holds).toBe(true);
});

it('one set of weights takes images of all sizes', () => {
  const layer = makeLayer({ inChannels: 1, classes: 5, width: 2 });
  const parameters = initialValues(layer, 1);
  const sizes: readonly Size[] = [
    [24, 24],
    [25, 41],
  ];
  for (const size of sizes) {
    const { images, classes } = labelled(1, 'any', 3, size);
    expect(images.shape).toEqual([3, 1, ...size]);
    const { y } = evaluate(backend, { images, ...parameters }, ({ images, ...values }) => ({
      y: layer.bind(values)(images! as never),
    }));
    expect(y!.shape).toEqual([3, 5]);
    expect(Math.max(...classes.data)).toBeLessThan(5);
  }
});

it('images are the same for the same seed and name', () => {
  expect(labelled(1, 'a', 2, [16, 20])).toEqual(labelled(1, 'a', 2, [16, 20]));
  expect(labelled(1, 'a', 2, [16, 20]).images.data).not.toEqual(labelled(1, 'b', 2, [16, 20]).images.data);
});
