import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPoint } from '../../../src/check/draw.ts';
import { Random } from '../../../src/check/random.ts';
import { GraphBuilder } from '../../../src/graph/builder.ts';
import { array } from '../../../src/graph/nd-array.ts';
import type { Tensor } from '../../../src/graph/tensor.ts';
import { f64 } from '../../../src/graph/type.ts';
import {
  type AntialiasRule,
  antialiasDownsample,
  antialiasResponse,
  type BlurPadding,
  blurPool,
  constant,
  conv2d,
  gaussianBlur,
  mean,
  mul,
  pad,
  slice,
} from '../../../src/ops/index.ts';
import { runGraph } from '../run-graph.ts';

const draw = (t: Tensor) => drawPoint(t, { kind: 'dyadic' }, new Random(3));
const near = (a: ArrayLike<number>, b: ArrayLike<number>, within = 1e-13): void => {
  expect(a.length).toBe(b.length);
  for (let i = 0; i < a.length; i++) expect(Math.abs(a[i]! - b[i]!)).toBeLessThanOrEqual(within);
};
const paddings: readonly BlurPadding[] = ['zero', 'replicate', 'reflect', 'symmetric', 'circular'];

/** The taps that a blur applies: what it makes of a single one in zeros. */
function tapsOf(blur: (x: Tensor) => Tensor, length = 41): number[] {
  const g = new GraphBuilder();
  const x = g.input('x', f64(1, 1, length));
  const unit = Array.from({ length }, (_, k) => (k === (length - 1) / 2 ? 1 : 0));
  return [...runGraph({ y: blur(x) }, { x: array(x, unit) }).y.data].filter((v) => v !== 0);
}

describe('gaussianBlur', () => {
  it('samples a Gaussian of the given width, as far as its rule goes', () => {
    const taps = tapsOf((x) => gaussianBlur(x, { sigma: 1.5 }));
    expect(taps.length).toBe(13);
    const raw = taps.map((_, k) => Math.exp(-((k - 6) ** 2) / 4.5));
    const sum = raw.reduce((a, b) => a + b);
    near(
      taps,
      raw.map((v) => v / sum),
      1e-15,
    );
    expect(tapsOf((x) => gaussianBlur(x, { sigma: 1.5, truncate: 2 })).length).toBe(7);
    expect(tapsOf((x) => gaussianBlur(x, { sigma: 1.5, kernel: 5 })).length).toBe(5);
  });

  it('takes its width from the kernel by the rule of OpenCV', () => {
    // 0.3·((5 − 1)/2 − 1) + 0.8
    expect(tapsOf((x) => gaussianBlur(x, { kernel: 5 }))).toEqual(
      tapsOf((x) => gaussianBlur(x, { kernel: 5, sigma: 1.1 })),
    );
  });

  it.each(paddings)('is padding with %s and a depthwise convolution with the outer product', (mode) => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2, 3, 6, 5));
    const [v, u] = [tapsOf((t) => gaussianBlur(t, { kernel: 3 })), tapsOf((t) => gaussianBlur(t, { kernel: 5 }))];
    const kernel = [0, 1, 2].flatMap(() => v.flatMap((a) => u.map((b) => a * b)));
    const around = pad(
      x,
      [
        [0, 0],
        [0, 0],
        [1, 1],
        [2, 2],
      ],
      { mode },
    );
    const made = runGraph(
      {
        blurred: gaussianBlur(x, { kernel: [3, 5], padding: mode }),
        convolved: conv2d(around, constant(g, f64(3, 1, 3, 5), kernel), { groups: 3 }),
      },
      { x: draw(x) },
    );
    near(made.blurred.data, made.convolved.data);
  });

  it('keeps constants, also where the kernel is longer than the axis', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0, max: 4, noNaN: true }),
        fc.constantFrom(...paddings.slice(1)),
        (length, sigma, padding) => {
          const g = new GraphBuilder();
          const x = g.input('x', f64(1, 1, length, 1));
          const y = gaussianBlur(x, { sigma, padding });
          near(runGraph({ y }, { x: array(x, new Array(length).fill(3)) }).y.data, new Array(length).fill(3));
        },
      ),
    ));

  it('of width 0 changes nothing and adds no node', () => {
    const x = new GraphBuilder().input('x', f64(1, 1, 3, 3));
    expect(gaussianBlur(x, { sigma: 0 })).toBe(x);
  });
});

describe('blurPool', () => {
  it('smooths with binomial taps, then keeps every second element', () => {
    const x = new GraphBuilder().input('x', f64(1, 1, 5));
    const y = blurPool(x);
    // Reflected: 2 1 2 3 4 5 4.
    expect([...runGraph({ y }, { x: array(x, [1, 2, 3, 4, 5]) }).y.data]).toEqual([1.5, 3, 4.5]);
    expect(tapsOf((t) => blurPool(t, { stride: 1, kernel: 4 }))).toEqual([0.125, 0.375, 0.375, 0.125]);
    expect(tapsOf((t) => blurPool(t, { stride: 1, kernel: 1 }))).toEqual([1]);
  });

  it('makes ⌈length / stride⌉ results', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        (n, stride, kernel) => {
          const x = new GraphBuilder().input('x', f64(2, 0, n, 3));
          expect(blurPool(x, { stride, kernel }).shape).toEqual([2, 0, Math.ceil(n / stride), Math.ceil(3 / stride)]);
        },
      ),
    ));
});

describe('antialiasDownsample', () => {
  const rules: readonly AntialiasRule[] = ['seed', 's/pi', 's/2', 'skimage', '-20dB'];
  it.each(rules)('is a blur by rule %s and every s-th element', (rule) => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 2, 7, 9));
    const blurred = gaussianBlur(x, {
      sigma: [antialiasResponse(2, { rule }).sigma, antialiasResponse(3, { rule }).sigma],
    });
    const made = runGraph(
      {
        kept: slice(blurred, { starts: [0, 0, 0, 0], limits: [1, 2, 7, 9], steps: [1, 1, 2, 3] }),
        down: antialiasDownsample(x, { factor: [2, 3], rule }),
      },
      { x: draw(x) },
    );
    expect(made.down).toEqual(made.kept);
  });

  it('by 1 changes nothing', () => {
    const x = new GraphBuilder().input('x', f64(1, 1, 3, 3));
    for (const rule of rules) expect(antialiasDownsample(x, { factor: 1, rule })).toBe(x);
  });

  it('has widths s/2π, s/π, s/2, (s − 1)/2 and 0.683·s', () => {
    near(
      rules.map((rule) => antialiasResponse(4, { rule }).sigma),
      [2 / Math.PI, 4 / Math.PI, 2, 1.5, 2.7324],
      1e-4,
    );
  });

  it('reports what is left at the limit: nearly all by the seed’s rule, a tenth by −20 dB', () => {
    const left = rules.map((rule) => antialiasResponse(4, { rule }));
    near(
      left.map(({ gaussian }) => gaussian),
      [
        Math.exp(-1 / 8),
        Math.exp(-1 / 2),
        Math.exp((-Math.PI * Math.PI) / 8),
        Math.exp((-9 * Math.PI ** 2) / 128),
        0.1,
      ],
      1e-12,
    );
    // Wide enough kernels sample the Gaussian well.
    near([left[4]!.atLimit, left[4]!.decibels], [0.1, -20], 2e-2);
    expect(antialiasResponse(2, { rule: 'seed' }).taps.map((t) => Number(t.toFixed(3)))).toEqual([0.007, 0.986, 0.007]);
    expect(antialiasResponse(1).decibels).toBe(0);
  });

  it('leaves of a tone above the limit what it reports: 98 %, half, a sixth', () => {
    const frequency = 0.3;
    const length = 400;
    const left = (['seed', 's/pi', 's/2'] as const).map((rule) => {
      const g = new GraphBuilder();
      const x = g.input('x', f64(1, 1, length));
      const tone = Array.from({ length }, (_, k) => Math.sin(2 * Math.PI * frequency * k));
      const y = antialiasDownsample(x, { factor: 2, rule, padding: 'circular' });
      const rms = Math.sqrt(runGraph({ y: mean(mul(y, y)) }, { x: array(x, tone) }).y.data[0]!);
      expect(Math.abs(rms - Math.SQRT1_2 * Math.abs(antialiasResponse(2, { rule }).response(frequency)))).toBeLessThan(
        1e-12,
      );
      return rms;
    });
    // The figures of operators.md 2-13.
    near(left, [0.694, 0.358, 0.12], 1e-3);
  });
});

it.each([
  ['blur/rank', () => gaussianBlur(new GraphBuilder().input('x', f64(...([3, 3] as number[]))), { sigma: 1 })],
  ['blur/options', () => gaussianBlur(new GraphBuilder().input('x', f64(1, 1, 3)), {})],
  ['blur/options', () => gaussianBlur(new GraphBuilder().input('x', f64(1, 1, 3)), { kernel: 4 })],
  ['option/value', () => gaussianBlur(new GraphBuilder().input('x', f64(1, 1, 3)), { sigma: -1 })],
  ['option/axes', () => gaussianBlur(new GraphBuilder().input('x', f64(1, 1, 3)), { sigma: [1, 2] })],
  ['option/value', () => blurPool(new GraphBuilder().input('x', f64(1, 1, 3)), { stride: 0 })],
  ['option/value', () => blurPool(new GraphBuilder().input('x', f64(1, 1, 3)), { padding: 'constant' as 'zero' })],
  ['window/empty', () => blurPool(new GraphBuilder().input('x', f64(1, 1, 0)))],
  [
    'option/value',
    () => antialiasDownsample(new GraphBuilder().input('x', f64(1, 1, 3)), { factor: 2, rule: 's' as 'seed' }),
  ],
])('refuses with %s', (code, call) => {
  expect(call).toThrow(`${code}:`);
});
