import { expect, it } from 'vitest';
import { reference, wasmWith } from '../../src/backends/index.ts';
import { blurredScene, padding } from '../../src/lab/deconvolution/blurred-scene.ts';
import { deconvolution } from '../../src/lab/deconvolution/deconvolution.ts';
import { descend } from '../../src/lab/deconvolution/descend.ts';
import { evaluate } from '../../src/lab/evaluate.ts';
import { conv2d, deconvolve } from '../../src/ops/index.ts';

const backend = wasmWith({ threads: 1 });
const options = { seed: 9, effort: 0.9, backend, progress: () => {} };

it.each([1, 2, 3])(
  'transposed convolution is the adjoint and no inverse, the others restore (seed %i)',
  async (seed) => {
    const { claims } = await deconvolution.run({ ...options, seed });
    for (const { text, holds } of claims) expect(holds, text).toBe(true);
  },
);

it('gradient descent ends where conjugate gradients do', async () => {
  const scene = blurredScene(4, 24, 0.01, backend);
  const lambda = 0.05;
  const path = await descend(scene, { steps: 400, lambda }, options);
  const { x } = evaluate(backend, { y: scene.y, w: scene.w }, ({ y, w }) => ({
    x: deconvolve(y!, w!, { iterations: 80, noise: lambda, padding }),
  }));
  const last = path.at(-1)!;
  const apart = Math.max(...Array.from(x!.data, (value, i) => Math.abs(value - last.data[i]!)));
  expect(apart).toBeLessThan(1e-6);
});

it('the blur is what the kernel says, in numbers that no rounding touches', () => {
  const { x, w, blurred } = blurredScene(5, 20, 0, backend);
  expect(Array.from(w.data).reduce((a, b) => a + b, 0)).toBe(1);
  const other = evaluate(reference, { x, w }, ({ x, w }) => ({ y: conv2d(x!, w!, { padding }) })).y!;
  expect([...blurred.data]).toEqual([...other.data]);
});
