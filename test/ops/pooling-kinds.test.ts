import { describe, expect, it } from 'vitest';
import { grad, hvp } from '../../src/autodiff/index.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import {
  abs,
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  avgPool2d,
  concat,
  constant,
  depthwiseConv2d,
  flip,
  globalPool,
  learnablePool2d,
  lpPool1d,
  lpPool2d,
  maxPool2d,
  mean,
  mul,
  onesLike,
  slice,
  spp,
  sum,
} from '../../src/ops/index.ts';
import { runGraph } from './run-graph.ts';

const values = (count: number, seed = 1): number[] =>
  Array.from({ length: count }, (_, i) => ((i * 7 + seed * 5) % 23) - 11);
const evaluate = (x: Tensor, y: Tensor, list: readonly number[]): number[] => [
  ...runGraph({ y }, { x: array(x, list) }).y.data,
];
const input = (...shape: readonly number[]): Tensor => new GraphBuilder().input('x', { dtype: 'f64', shape });

describe('Lp pooling', () => {
  const x = input(1, 2, 5, 4);
  const list = values(40);
  const windows = { kernel: [3, 2], stride: [2, 1], padding: [1, 0] } as const;

  it('is Σ|x| for p = 1, the Euclidean norm for p = 2, the greatest magnitude for ∞ and nearly so for large p', () => {
    const one = lpPool2d(x, { ...windows, p: 1 });
    const two = lpPool2d(x, { ...windows, p: 2 });
    const most = lpPool2d(x, { ...windows, p: Number.POSITIVE_INFINITY });
    const large = lpPool2d(x, { ...windows, p: 250 });
    const count = 6;
    const sums = mul(avgPool2d(abs(x), windows), count);
    const squares = mul(avgPool2d(mul(x, x), windows), count);
    const greatest = maxPool2d(abs(x), windows);
    const r = runGraph({ one, two, most, large, sums, squares, greatest }, { x: array(x, list) });
    r.one.data.forEach((v, i) => {
      expect(v).toBeCloseTo(r.sums.data[i]!, 11);
      expect(r.two.data[i]! ** 2).toBeCloseTo(r.squares.data[i]!, 10);
      expect(r.most.data[i]).toBe(r.greatest.data[i]);
      expect(r.large.data[i]! / r.greatest.data[i]!).toBeCloseTo(1, 1);
    });
  });

  it.each([0.5, 1, 1.5, 2, 2.5, 3, 4])('at zeros takes derivatives of 0, to second order, for p = %d', (p) => {
    const z = input(1, 1, 4);
    const y = sum(lpPool1d(z, { kernel: 2, p })) as Tensor<readonly [], 'f64'>;
    const u = z.graph.input('u', f64(1, 1, 4));
    const results = runGraph(
      { ct: grad(y, [z])[0]!, second: hvp(y, [z], [u])[0]! },
      { x: array(z, [0, 0, 3, 0]), u: array(u, [1, 2, 1, 2]) },
    );
    expect([...results.ct.data.slice(0, 2), results.ct.data[3]!].map((v) => v + 0)).toEqual([0, 0, 0]);
    expect(results.ct.data[2]).toBeCloseTo(1, 12);
    for (const v of results.second.data) expect(Number.isFinite(v)).toBe(true);
    expect([...results.second.data.slice(0, 2)].map((v) => v + 0)).toEqual([0, 0]);
  });

  it('by PyTorch’s convention keeps signs, and scales up windows that ceil mode cuts', () => {
    const z = input(1, 1, 5);
    const torch = { kernel: 2, ceil: true, convention: 'torch' } as const;
    expect(evaluate(z, lpPool1d(z, { ...torch, p: 1 }), [1, -3, 2, 2, 5])).toEqual([-2, 4, 10]);
    expect(evaluate(z, lpPool1d(z, { ...torch, p: 3 }), [1, -3, 2, 2, 5])[0]).toBeNaN();
    expect(evaluate(z, lpPool1d(z, { kernel: 2, ceil: true, p: 1 }), [1, -3, 2, 2, 5])).toEqual([4, 4, 5]);
  });

  it.each([0, -1, Number.NaN])('refuses p = %d', (p) => {
    expect(() => lpPool2d(x, { ...windows, p })).toThrow('pool/exponent:');
    expect(() => globalPool(x, { kind: 'lp', p })).toThrow('pool/exponent:');
  });
});

describe('global pooling', () => {
  const x = input(2, 3, 4, 5);
  const list = values(120);

  it('is the pooling of one window as large as the plane, over any number of axes', () => {
    const r = runGraph(
      {
        lp: globalPool(x, { kind: 'lp', p: 3 }),
        window: lpPool2d(x, { kernel: [4, 5], p: 3 }),
        most: globalPool(x, { kind: 'max' }),
        lse: globalPool(x, { kind: 'logSumExp', sharpness: 200 }),
        infinite: globalPool(x, { kind: 'lp', p: Number.POSITIVE_INFINITY }),
        magnitude: globalPool(abs(x), { kind: 'max' }),
      },
      { x: array(x, list) },
    );
    r.lp.data.forEach((v, i) => {
      expect(v).toBeCloseTo(r.window.data[i]!, 11);
    });
    // ln(n)/r above the maximum at most.
    r.lse.data.forEach((v, i) => {
      expect(v - r.most.data[i]!).toBeLessThanOrEqual(Math.log(20) / 200);
    });
    expect(r.infinite.data).toEqual(r.magnitude.data);
    expect(globalPool(input(1, 2, 3), { kind: 'avg' }).shape).toEqual([1, 2, 1]);
    expect(globalPool(input(1, 2, 3, 4, 5, 6), { kind: 'max' }).shape).toEqual([1, 2, 1, 1, 1, 1]);
  });

  it('log-sum-exp does not overflow', () => {
    const z = input(1, 1, 2);
    expect(evaluate(z, globalPool(z, { kind: 'logSumExp' }), [1000, 1000])[0]).toBeCloseTo(1000 + Math.log(2), 12);
  });

  it('refuses what it cannot be', () => {
    expect(() => globalPool(input(2, 3), { kind: 'avg' })).toThrow('pool/rank:');
    expect(() => globalPool(x, { kind: 'median' } as never)).toThrow('pool/kind:');
    expect(() => globalPool(x, { kind: 'logSumExp', sharpness: 0 })).toThrow('pool/sharpness:');
  });
});

describe('learnable pooling', () => {
  const g = new GraphBuilder();
  const x = g.input('x', f64(2, 3, 5, 6));
  const shared = g.input('shared', f64(1, 1, 2, 3));
  const each = g.input('each', f64(3, 1, 2, 3));
  const feeds = { x: array(x, values(180)), shared: array(shared, values(6, 2)), each: array(each, values(18, 3)) };

  it('is a depthwise convolution with the window’s size as stride', () => {
    const r = runGraph({ a: learnablePool2d(x, each), b: depthwiseConv2d(x, each, { stride: [2, 3] }) }, feeds);
    expect(r.a.data).toEqual(r.b.data);
  });

  it('of equal weights that sum to 1 is average pooling', () => {
    const ones = onesLike(shared);
    for (const constraint of ['softmax', 'sum-one'] as const) {
      const r = runGraph(
        { a: learnablePool2d(x, ones, { constraint, stride: 1 }), b: avgPool2d(x, { kernel: [2, 3], stride: 1 }) },
        feeds,
      );
      r.a.data.forEach((v, i) => {
        expect(v).toBeCloseTo(r.b.data[i]!, 12);
      });
    }
  });

  it('with constraint keeps a constant, whatever the weights', () => {
    const constant = onesLike(x);
    for (const constraint of ['softmax', 'sum-one'] as const) {
      const r = runGraph({ y: learnablePool2d(constant, each, { constraint }) }, feeds).y;
      for (const v of r.data) expect(v).toBeCloseTo(1, 12);
    }
  });

  it('refuses weights for other channels', () => {
    const w: Tensor = g.input('w', f64(2, 1, 2, 2));
    expect(() => learnablePool2d(x as Tensor, w)).toThrow('pool/weights: w is [2,1,2,2]; x has 3 channels');
    expect(() => learnablePool2d(x as Tensor, each as Tensor, { constraint: 'one' as 'none' })).toThrow(
      'pool/constraint:',
    );
  });
});

describe('spatial pyramid pooling', () => {
  it('has 50·C numbers for levels 1, 2, 3, 6, whatever the size of x (operators.md 18)', () => {
    for (const [h, w] of [
      [6, 6],
      [7, 11],
      [2, 3],
    ] as const)
      expect(spp(input(2, 4, h, w) as Tensor<readonly [2, 4, 6, 6]>, [1, 2, 3, 6]).shape).toEqual([2, 200]);
  });

  it('of means has the mean of the plane first', () => {
    const x = input(1, 2, 6, 6);
    const r = runGraph(
      { y: spp(x as Tensor<readonly [1, 2, 6, 6]>, [1, 3], { kind: 'avg' }), m: mean(x, { axes: [2, 3] }) },
      { x: array(x, values(72)) },
    );
    expect(r.y.data[0]).toBeCloseTo(r.m.data[0]!, 12);
    expect(r.y.data[1]).toBeCloseTo(r.m.data[1]!, 12);
  });

  it('refuses no levels', () => {
    expect(() => spp(input(1, 1, 2, 2) as Tensor<readonly [1, 1, 2, 2]>, [] as readonly number[])).toThrow(
      'pool/levels:',
    );
  });
});

describe('laws of pooling', () => {
  const x = input(3, 2, 6, 4);
  const list = values(144);

  it('average pooling is a depthwise convolution with 1/k², and adaptive where the grid divides the axes', () => {
    const pooled = avgPool2d(x, { kernel: [3, 2] });
    const w = constant(x.graph, f64(2, 1, 3, 2), new Float64Array(12).fill(1 / 6));
    const conv = depthwiseConv2d(x, w as Tensor, { stride: [3, 2] });
    const r = runGraph({ pooled, conv, adaptive: adaptiveAvgPool2d(x, [2, 2]) }, { x: array(x, list) });
    r.pooled.data.forEach((v, i) => {
      expect(v).toBeCloseTo(r.conv.data[i]!, 12);
      expect(v).toBeCloseTo(r.adaptive.data[i]!, 12);
    });
  });

  const kinds: { readonly [name: string]: (x: Tensor) => Tensor } = {
    max: (x) => maxPool2d(x, { kernel: 3, stride: 2, padding: 1 }),
    'max, shared': (x) => maxPool2d(x, { kernel: 3, stride: 2, padding: 1, ties: 'split' }),
    avg: (x) => avgPool2d(x, { kernel: 3, stride: 2, padding: 1, ceil: true }),
    lp: (x) => lpPool2d(x, { kernel: 3, stride: 2, padding: 1, p: 3 }),
    adaptive: (x) => adaptiveMaxPool2d(x, [3, 3]),
    global: (x) => globalPool(x, { kind: 'logSumExp' }),
  };

  it.each(Object.entries(kinds))('%s treats every plane alike: images and channels may change places', (_, pool) => {
    const turned = concat(
      [1, 0].map((c) => slice(x, { starts: [0, c, 0, 0], limits: [3, c + 1, 6, 4] })),
      1,
    ) as Tensor;
    const mixed = flip(turned, [0]);
    const back = flip(pool(mixed), [0]);
    const y = pool(x);
    const size = [3, 1, ...y.shape.slice(2)];
    const parts = [1, 0].map((c) => slice(back, { starts: [0, c, 0, 0], limits: [3, c + 1, ...size.slice(2)] }));
    const r = runGraph({ y, again: concat(parts, 1) as Tensor }, { x: array(x, list) });
    expect(r.again.data).toEqual(r.y.data);
  });
});
