import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choose } from '../../src/backends/wasm/kernels/conv/choose.ts';
import { type Correlation, correlationOf } from '../../src/backends/wasm/kernels/conv/correlation.ts';
import { directKernel, type Operands } from '../../src/backends/wasm/kernels/conv/direct.ts';
import { dotKernel } from '../../src/backends/wasm/kernels/conv/dot.ts';
import { winogradCorrelation } from '../../src/backends/wasm/kernels/conv/winograd/correlation.ts';
import { correlationTime } from '../../src/backends/wasm/kernels/conv/winograd/correlation-time.ts';
import { winogradGradient } from '../../src/backends/wasm/kernels/conv/winograd/gradient.ts';
import { gradientTime } from '../../src/backends/wasm/kernels/conv/winograd/gradient-time.ts';
import { exactProducts, mostProducts } from '../../src/backends/wasm/kernels/conv/winograd/points.ts';
import type { Kernel } from '../../src/backends/wasm/kernels/kernel.ts';
import { drawPoint } from '../../src/check/draw.ts';
import { Random } from '../../src/check/random.ts';
import type { FloatDType } from '../../src/graph/dtype.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Type } from '../../src/graph/type.ts';
import { type ConvAttributes, type ConvAxis, convOp } from '../../src/ops/window/conv.ts';
import { runKernel } from './run-kernel.ts';

interface Case {
  readonly x: readonly number[];
  readonly w: readonly number[];
  readonly attributes: ConvAttributes;
}

const operands: Operands = ({ inputs }) => ({ x: inputs.x!, w: inputs.w! });

/**
 * The kernel's result on whole numbers is the operator's own, bit for bit, whatever the number of threads. Where a kernel
 * says that it rounds, numbers are so small that what it says is less than one but for the longest sums: no term can be
 * missing unnoticed.
 */
function expectSame(
  { x, w, attributes }: Case,
  dtype: FloatDType,
  kernel: (problem: Correlation, operands: Operands) => Kernel,
  seed: number,
): void {
  const types = { x: { dtype, shape: x }, w: { dtype, shape: w } };
  const type = convOp.infer(types, attributes) as Type;
  const problem = correlationOf(dtype, { x, w, y: type.shape }, attributes.axes, attributes.groups);
  const made = kernel(problem, operands);
  const { rounding = 0 } = made;
  const high = rounding > 0 ? 1 : 9;
  const draw = (t: Type, name: string) => drawPoint(t, { kind: 'integers', low: -high, high }, new Random(seed, name));
  const values = { x: draw(types.x, 'x'), w: draw(types.w, 'w') };
  const y = array(type);
  convOp.kernel(values, attributes, y);
  const [one, three] = [1, 3].map((threads) => runKernel(made, values, type, threads));
  const wrong = one!.data.findIndex((value, i) => !(Math.abs(value - y.data[i]!) <= rounding));
  if (wrong >= 0)
    expect({ wrong, value: one!.data[wrong], rounding }).toEqual({ wrong, value: y.data[wrong], rounding });
  expect(three!.data).toEqual(one!.data);
}

const axis = (length: fc.Arbitrary<number>, window: fc.Arbitrary<number>): fc.Arbitrary<[number, number, ConvAxis]> =>
  fc
    .record({
      length,
      window,
      stride: fc.constantFrom(1, 1, 2, 3),
      xDilation: fc.constantFrom(1, 1, 2, 3),
      wDilation: fc.constantFrom(1, 1, 2, 3),
      lo: fc.integer({ min: -2, max: 5 }),
      hi: fc.integer({ min: -2, max: 5 }),
    })
    .map(({ length: l, window: k, stride, xDilation, wDilation, lo, hi }) => {
      const needed = (k - 1) * wDilation - (l - 1) * xDilation - lo;
      return [l, k, { stride, xDilation, wDilation, lo, hi: Math.max(hi, needed) }];
    });

const cases = (window: fc.Arbitrary<number>): fc.Arbitrary<Case> =>
  fc
    .record({
      batch: fc.integer({ min: 1, max: 3 }),
      groups: fc.constantFrom(1, 1, 1, 2, 5),
      channels: fc.integer({ min: 1, max: 9 }),
      outputs: fc.integer({ min: 1, max: 10 }),
      axes: fc.array(axis(fc.integer({ min: 1, max: 26 }), window), { minLength: 1, maxLength: 2 }),
    })
    .map(({ batch, groups, channels, outputs, axes }) => ({
      x: [batch, groups * channels, ...axes.map(([length]) => length)],
      w: [groups * outputs, channels, ...axes.map(([, taps]) => taps)],
      attributes: { groups, axes: axes.map(([, , attributes]) => attributes) },
    }));

/** Plain 3×3 windows of any padding and dilation. */
const squares: fc.Arbitrary<Case> = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    channels: fc.integer({ min: 2, max: 20 }),
    outputs: fc.integer({ min: 2, max: 20 }),
    axes: fc.tuple(
      ...[0, 1].map(() =>
        fc.record({
          length: fc.integer({ min: 1, max: 30 }),
          wDilation: fc.constantFrom(1, 1, 2, 4),
          lo: fc.integer({ min: -1, max: 5 }),
          hi: fc.integer({ min: -1, max: 5 }),
        }),
      ),
    ),
  })
  .map(({ batch, channels, outputs, axes }) => ({
    x: [batch, channels, ...axes.map(({ length }) => length)],
    w: [outputs, channels, 3, 3],
    attributes: {
      groups: 1,
      axes: axes.map(({ length, wDilation, lo, hi }) => ({
        ...{ stride: 1, xDilation: 1, wDilation, lo },
        hi: Math.max(hi, 2 * wDilation + 1 - length - lo),
      })),
    },
  }));

/** What the gradients by 3×3 windows ask for: three results along each axis. */
const gradients: fc.Arbitrary<Case> = squares.map(({ x, w, attributes: { axes } }) => {
  const lengths = axes.map(({ lo, hi, wDilation }, i) => x[i + 2]! + lo + hi - 2 * wDilation);
  return {
    x: [x[1]!, x[0]!, ...x.slice(2)],
    w: [w[0]!, x[0]!, ...lengths],
    attributes: {
      groups: 1,
      axes: axes.map(({ lo, hi, wDilation }) => ({ stride: wDilation, xDilation: 1, wDilation: 1, lo, hi })),
    },
  };
});

const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });
const runs = { numRuns: Number(process.env.CASES ?? 60), seed: Number(process.env.SEED ?? 1) };

describe('convolution kernels give what the operator gives', () => {
  const [small, large] = [fc.constantFrom(1, 2, 3, 3, 5), fc.integer({ min: 1, max: 24 })];
  for (const dtype of ['f32', 'f64'] as const) {
    it(`direct, ${dtype}`, () => {
      fc.assert(
        fc.property(cases(fc.oneof(small, small, large)), seeds, (drawn, seed) =>
          expectSame(drawn, dtype, directKernel, seed),
        ),
        runs,
      );
    });
    it(`dot products, ${dtype}`, () => {
      fc.assert(
        fc.property(cases(fc.oneof(small, large)), seeds, (drawn, seed) => expectSame(drawn, dtype, dotKernel, seed)),
        runs,
      );
    });
    it(`the chosen one, ${dtype}`, () => {
      fc.assert(
        fc.property(fc.oneof(cases(fc.oneof(small, large)), squares), seeds, (drawn, seed) =>
          expectSame(drawn, dtype, (problem, of) => choose(problem, of, false), seed),
        ),
        runs,
      );
    });
  }
  it('more weights than a cache holds, long rows in panels', () => {
    const axes = [{ stride: 1, xDilation: 1, wDilation: 1, lo: 0, hi: 0 }];
    for (const dtype of ['f32', 'f64'] as const)
      for (const columns of [64, 41])
        expectSame(
          { x: [1, 300, columns], w: [401, 300, 1], attributes: { groups: 1, axes } },
          dtype,
          directKernel,
          columns,
        );
  });
  for (const most of [exactProducts, mostProducts])
    it(`Winograd, up to ${most} products along an axis`, () => {
      const whole = cases(fc.oneof(small, fc.integer({ min: 1, max: 4 })));
      fc.assert(
        fc.property(fc.oneof(squares, whole), seeds, (drawn, seed) =>
          expectSame(
            drawn,
            'f32',
            (problem, of) => {
              const applies = correlationTime(problem, most) < Number.POSITIVE_INFINITY;
              return applies ? winogradCorrelation(problem, of, most) : directKernel(problem, of);
            },
            seed,
          ),
        ),
        runs,
      );
    });
  it('chooses exact kernels where it has to', () => {
    const axes = [0, 1].map(() => ({ stride: 1, xDilation: 1, wDilation: 1, lo: 1, hi: 1 }));
    const shapes = { x: [2, 32, 16, 16], w: [32, 32, 3, 3], y: [2, 32, 16, 16] };
    const problem = correlationOf('f32', shapes, axes, 1);
    expect(choose(problem, operands, false).rounding).toBeGreaterThan(0);
    expect(choose(problem, operands, true).rounding).toBeUndefined();
    expect(choose(problem, operands, true).name).toBe('correlation Winograd 2×2, 3×3');
  });
  for (const most of [exactProducts, mostProducts])
    it(`Winograd for gradients, up to ${most} products along an axis`, () => {
      fc.assert(
        fc.property(fc.oneof(gradients, cases(fc.integer({ min: 1, max: 24 }))), seeds, (drawn, seed) =>
          expectSame(
            drawn,
            'f32',
            (problem, of) => {
              const applies = gradientTime(problem, most) < Number.POSITIVE_INFINITY;
              return applies ? winogradGradient(problem, of, most) : directKernel(problem, of);
            },
            seed,
          ),
        ),
        runs,
      );
    });
  it('dot products in several chunks', () => {
    const axes = [0, 1].map(() => ({ stride: 1, xDilation: 1, wDilation: 1, lo: 1, hi: 1 }));
    for (const dtype of ['f32', 'f64'] as const)
      expectSame({ x: [3, 5, 21, 22], w: [6, 5, 21, 22], attributes: { groups: 1, axes } }, dtype, dotKernel, 7);
  });
});
