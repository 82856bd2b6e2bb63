import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, type Type } from '../../src/graph/type.ts';
import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atanh,
  batchNorm,
  celu,
  clip,
  concat,
  cosh,
  cumulativeProduct,
  cumulativeSum,
  elu,
  fmod,
  gelu,
  glu,
  groupNorm,
  hardSigmoid,
  hardSwish,
  hardTanh,
  instanceNorm,
  layerNorm,
  leakyRelu,
  localResponseNorm,
  logSigmoid,
  logSumExp,
  lpNormalise,
  meanVarianceNorm,
  mish,
  mod,
  mul,
  norm,
  pow,
  prelu,
  prod,
  relu,
  relu6,
  runningStatistics,
  selu,
  shrink,
  sigmoid,
  silu,
  sinh,
  softplus,
  softsign,
  std,
  sub,
  sum,
  tan,
  tanhShrink,
  threshold,
} from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const finite = fc.double({ min: -3, max: 3, noNaN: true });
const list = fc.array(fc.oneof(finite, fc.constant(0)), { minLength: 1, maxLength: 8 });
const apply = (f: (x: Tensor<[number], 'f64'>) => Tensor, x: readonly number[]): number[] => {
  const input = new GraphBuilder().input('x', f64(x.length));
  return Array.from(runGraph({ y: f(input) }, { x: array(input, x) }).y.data);
};
const close = (a: readonly number[], b: readonly number[]): void => {
  expect(a.length).toBe(b.length);
  for (const [i, v] of a.entries()) expect(v).toBeCloseTo(b[i]!, 9);
};

describe('functions of single numbers', () => {
  it.each([
    ['tan', tan, Math.tan, 1.5],
    ['atan', atan, Math.atan, 9],
    ['asin', asin, Math.asin, 1],
    ['acos', acos, Math.acos, 1],
    ['sinh', sinh, Math.sinh, 9],
    ['cosh', cosh, Math.cosh, 9],
    ['asinh', asinh, Math.asinh, 1e6],
    ['acosh', acosh, Math.acosh, 9],
    ['atanh', atanh, Math.atanh, 0.999],
  ] as const)('%s is that of Math, to a few units of its last place', (_, f, wanted, reach) => {
    const reals = fc.double({ min: -reach, max: reach, noNaN: true });
    fc.assert(
      fc.property(reals, (v) => {
        const [y] = apply(f, [v]);
        const w = wanted(v);
        if (Number.isNaN(w)) expect(y).toBeNaN();
        else
          expect(Math.abs(y! - w)).toBeLessThanOrEqual(
            2e-14 * Math.max(Math.abs(w), Math.min(1, Math.abs(v))) + 1e-320,
          );
      }),
    );
  });

  it('fmod keeps the sign of a, mod that of b; both are exact', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -9, max: 9 }).filter(Boolean), (p, q) => {
        const [a, b] = [p / 8, q / 4];
        expect(apply((x) => fmod(x, b) as Tensor, [a])[0]! + 0).toBe((a % b) + 0);
        expect(apply((x) => mod(x, b) as Tensor, [a])[0]! + 0).toBe(a - b * Math.floor(a / b) + 0);
      }),
    );
  });

  it('pow: 1 to the power 0, zero derivative of it at 0 and of any power by its exponent there', () => {
    const g = new GraphBuilder();
    const [x, e] = [g.input('x', f64(4)), g.input('e', f64(4))];
    const y = pow(x, e);
    const [dx, de] = grad(sum(y) as Tensor<[], 'f64'>, [x, e]);
    const got = runGraph({ y, dx, de }, { x: array(x, [0, 0, 0, -2]), e: array(e, [0, 1, 2, 3]) });
    expect(Array.from(got.y.data)).toEqual([1, 0, 0, -8]);
    expect(Array.from(got.dx.data)).toEqual([0, 1, 0, 12]);
    expect(Array.from(got.de.data)).toEqual([0, 0, 0, Number.NaN]);
    expect(() => pow(x, Number.NaN)).toThrow(/pow\/exponent/);
  });

  it('activations are made of each other', () => {
    fc.assert(
      fc.property(list, (x) => {
        close(
          apply((t) => celu(t), x),
          apply((t) => elu(t), x),
        );
        close(
          apply(hardSwish, x),
          apply((t) => mul(t, hardSigmoid(t)) as Tensor, x),
        );
        close(
          apply((t) => shrink(t, { lambda: 1, bias: 1 }), x),
          apply((t) => sub(t, clip(t, -1, 1)) as Tensor, x),
        );
        close(
          apply((t) => hardTanh(t, -0.5, 2), x),
          apply((t) => clip(t, -0.5, 2), x),
        );
        close(
          apply((t) => sub(softplus(t, { beta: 2 }), softplus(mul(t, -1) as Tensor, { beta: 2 })) as Tensor, x),
          x,
        );
        const gate = apply((t) => glu(concat([t, t], 0) as Tensor), x);
        close(
          gate,
          apply((t) => mul(t, sigmoid(t)) as Tensor, x),
        );
      }),
    );
  });

  it.each([
    ['celu', celu],
    ['elu', elu],
    ['gelu', gelu],
    ['hardSigmoid', hardSigmoid],
    ['hardSwish', hardSwish],
    ['hardTanh', hardTanh],
    ['leakyRelu', leakyRelu],
    ['logSigmoid', logSigmoid],
    ['mish', mish],
    ['relu', relu],
    ['relu6', relu6],
    ['selu', selu],
    ['shrink', shrink],
    ['sigmoid', sigmoid],
    ['silu', silu],
    ['softplus', softplus],
    ['softsign', softsign],
    ['tanhShrink', tanhShrink],
    ['threshold', (x: Tensor) => threshold(x, 1)],
  ] as [string, (x: Tensor) => Tensor][])('%s hides no NaN, and neither size 0 nor infinities disturb it', (_, f) => {
    expect(apply((x) => f(x), [Number.NaN])).toEqual([Number.NaN]);
    expect(apply((x) => f(x), [])).toEqual([]);
    // Every one of them has its limits; at −∞ a product of zero and infinity may be NaN.
    expect(apply((x) => f(x), [1e300])[0]).not.toBeNaN();
    expect(apply((x) => f(x), [-1e300])[0]).not.toBeNaN();
  });

  it('prelu takes one slope, one per channel, or any that broadcasts', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 2, 2));
    const types: readonly Type<readonly number[], 'f64'>[] = [f64(1), f64(2), f64(1, 1, 2), f64()];
    const slopes = types.map((type, k) => g.input(`s${k}`, type));
    const outputs = Object.fromEntries(slopes.map((s, k) => [`y${k}`, prelu(x, s)]));
    const got = runGraph(outputs, {
      x: array(x, [-1, -1, -1, -1]),
      s0: array(f64(1), [2]),
      s1: array(f64(2), [2, 3]),
      s2: array(f64(1, 1, 2), [2, 3]),
      s3: array(f64(), [4]),
    });
    expect(Object.values(got).map((y) => Array.from(y.data))).toEqual([
      [-2, -2, -2, -2],
      [-2, -2, -3, -3],
      [-2, -3, -2, -3],
      [-4, -4, -4, -4],
    ]);
    expect(() => prelu(x, g.input('s', f64(3)))).toThrow(/prelu\/slope/);
    expect(() => glu(g.input('odd', f64(3)) as never)).toThrow(/glu\/odd/);
    expect(() => hardTanh(x, 1, 1)).toThrow(/activation\/bounds/);
  });
});

describe('totals and products', () => {
  it('prod and its running form are right with any number of zeros, in their gradients too', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1, -2, 3, 0.5), { maxLength: 7 }), (x) => {
        const g = new GraphBuilder();
        const input = g.input('x', f64(x.length));
        const y = prod(input) as Tensor<[], 'f64'>;
        const got = runGraph({ y, ct: grad(y, input) }, { x: array(input, x) });
        const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);
        expect(got.y.item() + 0).toBe(product(x) + 0);
        expect(Array.from(got.ct.data, (v) => v + 0)).toEqual(x.map((_, i) => product(x.toSpliced(i, 1)) + 0));
        const running = (exclusive: boolean, reverse: boolean) =>
          apply((t) => cumulativeProduct(t, 0, { exclusive, reverse }), x).map((v) => v + 0);
        expect(running(false, false)).toEqual(x.map((_, i) => product(x.slice(0, i + 1)) + 0));
        expect(running(true, false)).toEqual(x.map((_, i) => product(x.slice(0, i)) + 0));
        expect(running(true, true)).toEqual(x.map((_, i) => product(x.slice(i + 1)) + 0));
      }),
    );
  });

  it('an exclusive total is the total without the element itself', () => {
    fc.assert(
      fc.property(list, fc.boolean(), (x, reverse) =>
        close(
          apply((t) => cumulativeSum(t, 0, { exclusive: true, reverse }), x),
          apply((t) => sub(cumulativeSum(t, 0, { reverse }), t) as Tensor, x),
        ),
      ),
    );
  });

  it.each([
    [0, (x: number[]) => x.filter((v) => v !== 0).length],
    [1, (x: number[]) => x.reduce((s, v) => s + Math.abs(v), 0)],
    [2, (x: number[]) => Math.hypot(...x)],
    [2.5, (x: number[]) => x.reduce((s, v) => s + Math.abs(v) ** 2.5, 0) ** 0.4],
    [-2, (x: number[]) => x.reduce((s, v) => s + Math.abs(v) ** -2, 0) ** -0.5],
    [Number.POSITIVE_INFINITY, (x: number[]) => Math.max(...x.map(Math.abs))],
    [Number.NEGATIVE_INFINITY, (x: number[]) => Math.min(...x.map(Math.abs))],
  ])('norm, p = %d; its gradient is finite everywhere', (p, wanted) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -16, max: 16 }), { minLength: 1, maxLength: 6 }), (whole) => {
        const x = whole.map((v) => v / 8);
        const g = new GraphBuilder();
        const input = g.input('x', f64(x.length));
        const y = norm(input, { p }) as Tensor<[], 'f64'>;
        const got = runGraph({ y, ct: grad(y, input) }, { x: array(input, x) });
        expect(got.y.item()).toBeCloseTo(wanted(x), 9);
        expect(got.ct.data.every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('norms: p must be a number, and one of nothing is 0', () => {
    const g = new GraphBuilder();
    expect(() => norm(g.input('x', f64(2)), { p: Number.NaN })).toThrow(/norm\/exponent/);
    const none = g.input('none', f64(2, 0));
    const y = norm(none, { axes: 1 }) as Tensor;
    expect(Array.from(runGraph({ y }, { x: array(f64(2)), none: array(none) }).y.data)).toEqual([0, 0]);
  });

  it('logSumExp of nothing is −∞, of infinities the greatest', () => {
    const of = (x: number[]) => apply((t) => logSumExp(t) as Tensor, x)[0];
    expect(of([])).toBe(Number.NEGATIVE_INFINITY);
    expect(of([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY])).toBe(Number.NEGATIVE_INFINITY);
    expect(of([Number.POSITIVE_INFINITY, 3])).toBe(Number.POSITIVE_INFINITY);
    expect(of([Number.NEGATIVE_INFINITY, 3])).toBe(3);
  });
});

describe('normalisations', () => {
  const images = fc.array(finite, { minLength: 24, maxLength: 24 });
  const on = (f: (x: Tensor<[2, 4, 3], 'f64'>) => Tensor, x: readonly number[]): number[] => {
    const input = new GraphBuilder().input('x', f64(2, 4, 3));
    return Array.from(runGraph({ y: f(input) }, { x: array(input, x) }).y.data);
  };

  it('are one another where their groups agree', () => {
    fc.assert(
      fc.property(images, (x) => {
        close(
          on((t) => instanceNorm(t), x),
          on((t) => groupNorm(t, { groups: 4 }), x),
        );
        close(
          on((t) => layerNorm(t, { axis: 1 }), x),
          on((t) => groupNorm(t, { groups: 1 }), x),
        );
        close(
          on((t) => layerNorm(t), x),
          on((t) => instanceNorm(t), x),
        );
        const scaled = x.map((v, i) => v * 1e3 + 1e4 * i);
        close(
          on((t) => meanVarianceNorm(t), scaled),
          on((t) => batchNorm(t, { epsilon: 0 }), scaled),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('lpNormalise leaves vectors of norm 1, and zeros', () => {
    fc.assert(
      fc.property(images, fc.constantFrom(1, 2, 3), (x, p) => {
        const y = on((t) => norm(lpNormalise(t, 1, { p }), { p, axes: 1 }) as Tensor, x.with(0, 1).with(4, 1));
        for (const v of y.slice(0, 2)) expect(v === 0 || Math.abs(v - 1) < 1e-9).toBe(true);
        expect(on((t) => lpNormalise(mul(t, 0) as Tensor<[2, 4, 3], 'f64'>, 2), x).map(Math.abs)).toEqual(
          new Array(24).fill(0),
        );
      }),
    );
  });

  it('localResponseNorm of one channel knows no neighbours; even sizes lean as told', () => {
    const x = Array.from({ length: 24 }, (_, i) => (i % 5) - 2);
    const own = (v: number): number => v / (1 + 0.5 * v * v) ** 0.75;
    close(
      on((t) => localResponseNorm(t, { size: 1, alpha: 0.5 }), x),
      x.map(own),
    );
    const lean = (convention: 'torch' | 'onnx', side: number) => {
      const wanted = x.map((v, i) => {
        const c = Math.floor(i / 3) % 4;
        const other = c + side >= 0 && c + side < 4 ? x[i + 3 * side]! : 0;
        return v / (1 + (0.5 / 2) * (v * v + other * other)) ** 0.75;
      });
      close(
        on((t) => localResponseNorm(t, { size: 2, alpha: 0.5, convention }), x),
        wanted,
      );
    };
    lean('torch', -1);
    lean('onnx', 1);
    expect(() => on((t) => localResponseNorm(t, { size: 0 }), x)).toThrow(/local-response-norm\/size/);
  });

  it('running statistics tend to those of the data, and make prediction agree with training', () => {
    const x = Array.from({ length: 24 }, (_, i) => Math.sin(i));
    const g = new GraphBuilder();
    const t = g.input('x', f64(2, 4, 3));
    const old = { mean: g.input('mean', f64(4)), variance: g.input('variance', f64(4)) };
    const next = runningStatistics(t, old, { momentum: 1, correction: 0 });
    const y = batchNorm(t, { mean: next.mean as Tensor<[4], 'f64'>, variance: next.variance as Tensor<[4], 'f64'> });
    const feeds = { x: array(t, x), mean: array(f64(4), [9, 9, 9, 9]), variance: array(f64(4), [7, 7, 7, 7]) };
    const got = runGraph({ y, own: batchNorm(t) }, feeds);
    close(Array.from(got.y.data), Array.from(got.own.data));
    expect(() => runningStatistics(g.input('flat', f64(3)), old)).toThrow(/batch-norm\/rank/);
    expect(() => runningStatistics(g.input('single', f64(1, 4)), old)).toThrow(/variance\/count/);
  });

  it('std of equal numbers has the derivative 0', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(3));
    const ct = grad(std(x) as Tensor<[], 'f64'>, x);
    expect(Array.from(runGraph({ ct }, { x: array(x, [2, 2, 2]) }).ct.data)).toEqual([0, 0, 0]);
  });
});
