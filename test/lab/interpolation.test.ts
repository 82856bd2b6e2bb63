import { expect, it } from 'vitest';
import { reference, wasmWith } from '../../src/backends/index.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32 } from '../../src/graph/type.ts';
import { interpolation } from '../../src/lab/interpolation/interpolation.ts';
import { measureUpsampler, type Upsampling } from '../../src/lab/interpolation/measure-upsampler.ts';
import { type Image, randomStream } from '../../src/nn/index.ts';
import { mul, upsample } from '../../src/ops/index.ts';

it('orders formulas by what they restore, and learnt kernels begin to', async () => {
  const options = { seed: 6, effort: 0.15, backend: wasmWith({ threads: 1 }), progress: () => {} };
  const { tables, claims } = await interpolation.run(options);
  const decibels = Object.fromEntries(tables[0]!.rows.map((row) => [row[0], Number(row[2])]));
  expect(decibels.nearest).toBeLessThan(decibels.bilinear!);
  expect(decibels.bilinear).toBeLessThan(decibels['bicubic, a = −0.5']!);
  expect(decibels['sub-pixel convolution']).toBeGreaterThan(decibels.nearest!);
  // Nearest, checkerboards before learning, two passes: these do not depend on learning.
  for (const { text, holds } of claims.slice(2)) expect(holds, text).toBe(true);
});

it('an upsampling is run with its values, and its error is searched for patterns', () => {
  const { uniform } = randomStream(1, 'planes');
  const x = array(f32(2, 1, 6, 8));
  x.data.forEach((_, i) => {
    x.data[i] = uniform();
  });
  const way: Upsampling = {
    name: 'scaled',
    kind: 'learnt',
    parameterTypes: { scale: f32() },
    values: { scale: array(f32(), [2]) },
    apply: (planes: Tensor, { scale }) => mul(upsample(planes as Image, 2), scale as Image),
  };
  const truth = array(f32(2, 1, 12, 16));
  const { result, checkerboard } = measureUpsampler(reference, way, x, truth);
  expect(result.shape).toEqual([2, 1, 12, 16]);
  expect(result.data[0]).toBeCloseTo(2 * x.data[0]!, 6);
  // A truth whose every second column is brighter leaves an error that alternates.
  const striped = array(f32(2, 1, 12, 16));
  striped.data.forEach((_, i) => {
    striped.data[i] = result.data[i]! + (i % 2);
  });
  expect(measureUpsampler(reference, way, x, striped).checkerboard).toBeGreaterThan(checkerboard + 0.3);
});
