import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grad } from '../../src/autodiff/index.ts';
import { drawPoint } from '../../src/check/draw.ts';
import { Random } from '../../src/check/random.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import {
  argmaxWindow,
  gather,
  maxPool1d,
  maxPool2d,
  maxPoolWithIndices,
  mul,
  scatter,
  sum,
} from '../../src/ops/index.ts';
import { argmaxWindowOp } from '../../src/ops/window/argmax-window.ts';
import { at, indices } from './correlation-oracle.ts';
import { runGraph } from './run-graph.ts';

describe('argmaxWindow', () => {
  it('finds what looking at every tap finds, ties included', () =>
    fc.assert(
      fc.property(argmaxWindowOp.cases(fc), fc.nat(), fc.boolean(), ({ types, attributes }, seed, tied) => {
        const g = new GraphBuilder();
        const low = { kind: 'integers', low: 0, high: tied ? 2 : 99 } as const;
        const x = drawPoint(types.x, low, new Random(seed));
        const y = argmaxWindow(g.input('x', types.x), attributes);
        const lead = types.x.shape.length - attributes.axes.length;
        const plane = array(
          i32(...types.x.shape.slice(lead)),
          [...indices(types.x.shape.slice(lead))].map((_, i) => i),
        );
        const expected = [...indices(y.shape)].map((index) => {
          let best = -1;
          let most = Number.NEGATIVE_INFINITY;
          for (const k of indices(attributes.axes.map((a) => a.window))) {
            const q = attributes.axes.map((a, i) => index[lead + i]! * a.stride + k[i]! * a.dilation - a.lo);
            if (q.some((v, i) => v < 0 || v >= plane.shape[i]!)) continue;
            const value = at(x, [...index.slice(0, lead), ...q]);
            if (value > most || (attributes.ties === 'last' && value === most)) [most, best] = [value, at(plane, q)];
          }
          return best;
        });
        expect(Array.from(runGraph({ y }, { x }).y.data)).toEqual(expected);
      }),
      { numRuns: 300 },
    ));

  it.each([
    ['first', [Number.NaN, 1, Number.NaN], 0],
    ['last', [Number.NaN, 1, Number.NaN], 2],
    ['first', [3, Number.NaN, 4], 1],
    ['first', [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY], 0],
    ['last', [2, 2, 1], 1],
  ] as const)('with ties %s takes of %j the one at %i', (ties, values, expected) => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(3));
    const y = argmaxWindow(x, { axes: [{ window: 3, stride: 1, lo: 0, hi: 0, dilation: 1 }], ties });
    expect([...runGraph({ y }, { x: array(x, values) }).y.data]).toEqual([expected]);
  });
});

describe('gather and scatter', () => {
  it('refuse positions that are not there, naming the element', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2, 3));
    const p = g.input('at', i32(2, 2));
    const feeds = { x: array(x), at: array(p, [0, 2, -1, 3]) };
    const named = /gather\/position: at holds 3 \(its element 3, flat\), but there are only 3 positions/;
    expect(() => runGraph({ y: gather({ x, at: p }, { batch: 1 }) }, feeds)).toThrow(named);
    const h = new GraphBuilder();
    const [v, q] = [h.input('x', f64(2, 2)), h.input('at', i32(2, 2))];
    const y = scatter({ x: v, at: q }, { batch: 1, shape: [3] });
    expect(() => runGraph({ y }, { x: array(v), at: feeds.at })).toThrow(named);
    expect(() => runGraph({ y }, { x: array(v), at: array(q, [0, -2, 0, 0]) })).toThrow(/at holds -2/);
  });

  it('read 0 at −1 and sum what meets', () => {
    const g = new GraphBuilder();
    const [x, p] = [g.input('x', f64(4)), g.input('at', i32(4))];
    const y = gather({ x, at: p }, { batch: 0 });
    const z = scatter({ x, at: p }, { batch: 0, shape: [2, 2] });
    const results = runGraph({ y, z }, { x: array(x, [1, 2, 4, 8]), at: array(p, [3, -1, 3, 0]) });
    expect([[...results.y.data], [...results.z.data]]).toEqual([
      [8, 0, 8, 1],
      [8, 0, 0, 5],
    ]);
  });

  it.each([
    [
      'float positions',
      (g: GraphBuilder) => gather({ x: g.input('x', f64(3)), at: g.input('at', f64(3)) }, { batch: 0 }),
    ],
    ['unequal batches', (g) => gather({ x: g.input('x', f64(3, 2)), at: g.input('at', i32(2, 2)) }, { batch: 1 })],
    ['too large a batch', (g) => gather({ x: g.input('x', f64(3)), at: g.input('at', i32(3)) }, { batch: 2 })],
    [
      'unequal shapes',
      (g) => scatter({ x: g.input('x', f64(3)), at: g.input('at', i32(2)) }, { batch: 0, shape: [2] }),
    ],
  ] as [string, (g: GraphBuilder) => Tensor][])('refuse %s', (_, build) => {
    expect(() => build(new GraphBuilder())).toThrow(/(gather|scatter)\/(dtype|batch|shape)/);
  });
});

describe('maxPool2d', () => {
  it('gives PyTorch’s positions and drops windows that begin in the high padding', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 5, 2));
    const { values, indices: where } = maxPoolWithIndices(x, {
      kernel: [2, 2],
      stride: [3, 2],
      padding: [1, 0],
      ceil: true,
    });
    const results = runGraph({ values, where }, { x: array(x, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) });
    expect([[...results.values.data], [...results.where.data]]).toEqual([
      [1, 7],
      [1, 7],
    ]);
  });

  // Moving the element up makes it the maximum, moving it down leaves another one: the two one-sided differences are
  // g and 0, and the rule's answer is one of them for each element.
  it.each(['first', 'last'] as const)('at a tie gives the whole gradient to the %s, a one-sided derivative', (ties) => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 1, 3));
    const y = maxPool2d(x, { kernel: [1, 3], ties });
    const [ct] = grad(sum(mul(y, 8)), [x]);
    const point = [1, 1, 0];
    const f = (values: readonly number[]): number => runGraph({ y: sum(mul(y, 8)) }, { x: array(x, values) }).y.item();
    const chosen = ties === 'first' ? 0 : 1;
    const gradient = [...runGraph({ ct: ct! }, { x: array(x, point) }).ct.data];
    gradient.forEach((value, i) => {
      const h = 0.25 * (i === chosen ? 1 : -1);
      expect(value).toBe((f(point.with(i, point[i]! + h)) - f(point)) / h + 0);
    });
  });

  it('sums the gradients of overlapping windows', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 4));
    const [ct] = grad(sum(maxPool1d(x, { kernel: 3, stride: 1 })), [x]);
    expect([...runGraph({ ct: ct! }, { x: array(x, [0, 5, 1, 2]) }).ct.data]).toEqual([0, 2, 0, 0]);
  });

  it.each([
    [{ kernel: 2, padding: [[0, -1], 0], ceil: true }, 'pool/crop'],
    [{ kernel: 2, ties: 'any' }, 'pool/ties'],
    [{ kernel: 6 }, 'pool/window'],
    [{ kernel: 0 }, 'option/value'],
    [{ kernel: [2, 2, 2] }, 'option/axes'],
  ])('refuses %j with %s', (options, code) => {
    expect(() =>
      maxPool2d(new GraphBuilder().input('x', f64(1, 1, 4, 4)), options as Parameters<typeof maxPool2d>[1]),
    ).toThrow(`${code}:`);
  });
});
