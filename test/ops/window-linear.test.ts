import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawPoint } from '../../src/check/draw.ts';
import { Random } from '../../src/check/random.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array } from '../../src/graph/nd-array.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64 } from '../../src/graph/type.ts';
import {
  adaptiveAvgPool2d,
  avgPool1d,
  avgPool2d,
  conv2d,
  convTranspose2d,
  full,
  linearWindows,
  resize1d,
  resize2d,
  upsample,
} from '../../src/ops/index.ts';
import { type LinearWindowsAttributes, linearWindowsOp } from '../../src/ops/window/linear-windows.ts';
import { type Row, rowsOf, tableOf, transposeRows } from '../../src/ops/window/weight-table.ts';
import { at, indices } from './correlation-oracle.ts';
import { runGraph } from './run-graph.ts';

const rows: fc.Arbitrary<Row[]> = fc.array(
  fc.array(fc.tuple(fc.nat(9), fc.constantFrom(0.25, 0.5, 1)), { maxLength: 3 }),
  { maxLength: 12 },
);

describe('weight tables', () => {
  it('hold every row unchanged', () =>
    fc.assert(
      fc.property(rows, (given) => {
        expect(rowsOf(tableOf(given))).toEqual(given);
      }),
    ));

  it('hold repeated rows unchanged', () =>
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 5 }), fc.nat(3), (given, times, step) => {
        const repeated = Array.from({ length: times }, (_, i) =>
          given.map((row): Row => row.map(([source, weight]) => [source + i * step, weight])),
        ).flat();
        expect(rowsOf(tableOf(repeated))).toEqual(repeated);
      }),
    ));

  it('transpose twice to the same matrix', () =>
    fc.assert(
      fc.property(rows, (given) => {
        const dense = (list: readonly Row[], width: number): number[][] =>
          list.map((row) => {
            const line = new Array<number>(width).fill(0);
            for (const [source, weight] of row) line[source]! += weight;
            return line;
          });
        const turned = transposeRows(given, 10);
        expect(dense(transposeRows(turned, given.length), 10)).toEqual(dense(given, 10));
        expect(turned.map((row) => row.length).reduce((a, b) => a + b, 0)).toBe(given.flat().length);
      }),
    ));

  it('stay short for long axes that repeat, and so do their transposes', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 512));
    const made = [
      upsample(x, 2),
      upsample(x, 2, 'linear'),
      avgPool1d(x, { kernel: 3, stride: 2, padding: 1 }),
      resize1d(x, { size: 128, mode: 'linear' }),
    ];
    for (const { node } of made) {
      const { table } = node.attributes as LinearWindowsAttributes;
      const turned = tableOf(transposeRows(rowsOf(table), 512));
      expect([table, turned].map((t) => t.length <= 3 && JSON.stringify(t).length < 400)).toEqual([true, true]);
    }
  });
});

describe('linearWindows', () => {
  it('equals the dense matrix along any axis', () =>
    fc.assert(
      fc.property(linearWindowsOp.cases(fc), fc.nat(), ({ types, attributes: { axis, table } }, seed) => {
        const g = new GraphBuilder();
        const x = drawPoint(types.x, { kind: 'dyadic' }, new Random(seed));
        const y = linearWindows(g.input('x', types.x), axis, rowsOf(table));
        const expected = [...indices(y.shape)].map((index) =>
          rowsOf(table)[index[axis]!]!.reduce((s, [q, weight]) => s + weight * at(x, index.with(axis, q)), 0),
        );
        expect(runGraph({ y }, { x }).y).toEqual(array(y, expected));
      }),
    ));

  it.each([
    [{ axis: 1, table: [] }, 'linear-windows/axis'],
    [{ axis: 0, table: [{ count: 2, step: 2, rows: [[[2, 1]]] }] }, 'linear-windows/table'],
    [{ axis: 0, table: [{ count: 1, step: 0, rows: [[[-1, 1]]] }] }, 'linear-windows/table'],
    [{ axis: 0, table: [{ count: 0, step: 0, rows: [[[0, 1]]] }] }, 'linear-windows/table'],
    [{ axis: 0, table: [{ count: 1, step: 0.5, rows: [[[0, 1]]] }] }, 'linear-windows/table'],
  ] as [LinearWindowsAttributes, string][])('refuses %j with %s', (attributes, code) => {
    expect(() => linearWindowsOp({ x: new GraphBuilder().input('x', f64(4)) }, attributes)).toThrow(`${code}:`);
  });
});

const draw = (t: Tensor) => drawPoint(t, { kind: 'integers', low: -8, high: 8 }, new Random(7));

describe('average pooling', () => {
  it('without padding is a depthwise convolution with one over the window', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2, 2, 5, 6));
    const pooled = avgPool2d(x, { kernel: [2, 4], stride: [1, 2] });
    const convolved = conv2d(x, full(g, f64(2, 1, 2, 4), 1 / 8), { groups: 2, stride: [1, 2] });
    const results = runGraph({ pooled, convolved }, { x: draw(x) });
    expect(results.pooled).toEqual(results.convolved);
  });

  it.each([
    [{ kernel: 2, stride: 2, padding: 1 }, [0.5, 2.5, 2]],
    [{ kernel: 2, stride: 2, padding: 1, countIncludePad: false }, [1, 2.5, 4]],
    [{ kernel: 2, stride: 3, ceil: true }, [1.5, 4]],
    [{ kernel: 3, stride: 2, padding: 1, ceil: true, divisorOverride: 2 }, [1.5, 4.5, 2]],
  ])('of 1, 2, 3, 4 by %j is %j', (options, expected) => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 4));
    const y = avgPool1d(x, options);
    expect([...runGraph({ y }, { x: array(x, [1, 2, 3, 4]) }).y.data]).toEqual(expected);
  });

  it('to a grid that divides the axes is plain average pooling', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 2, 4, 8));
    const results = runGraph(
      { adaptive: adaptiveAvgPool2d(x, [2, 4]), plain: avgPool2d(x, { kernel: 2 }) },
      { x: draw(x) },
    );
    expect(results.adaptive).toEqual(results.plain);
  });

  it('refuses divisor 0', () => {
    const x = new GraphBuilder().input('x', f64(1, 1, 4));
    expect(() => avgPool1d(x, { kernel: 2, divisorOverride: 0 })).toThrow('pool/divisor:');
  });
});

describe('resizing', () => {
  it('by repetition is a transposed convolution with ones', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 3, 2));
    const ones = full(g, f64(1, 1, 2, 3), 1);
    const repeated = upsample(x, [2, 3]);
    const results = runGraph({ repeated, ones: convTranspose2d(x, ones, { stride: [2, 3] }) }, { x: draw(x) });
    expect(results.repeated).toEqual(results.ones);
  });

  const anyResize = fc.record({
    length: fc.integer({ min: 1, max: 9 }),
    count: fc.integer({ min: 1, max: 9 }),
    mode: fc.constantFrom('nearest' as const, 'linear' as const),
    coordinates: fc.constantFrom('half_pixel', 'pytorch_half_pixel', 'align_corners', 'asymmetric'),
    rounding: fc.constantFrom('round_prefer_floor', 'round_prefer_ceil', 'floor', 'ceil'),
  });

  it('keeps constants, in every mode', () =>
    fc.assert(
      fc.property(anyResize, ({ length, count, ...options }) => {
        const g = new GraphBuilder();
        const x = g.input('x', f64(1, 1, length));
        const y = resize1d(x, { size: count, ...options });
        for (const value of runGraph({ y }, { x: array(x, new Array(length).fill(1)) }).y.data)
          expect(Math.abs(value - 1)).toBeLessThanOrEqual(4 * Number.EPSILON);
      }),
    ));

  it('to the same size changes nothing and adds no node', () =>
    fc.assert(
      fc.property(anyResize, ({ length, ...options }) => {
        const x = new GraphBuilder().input('x', f64(1, 1, length));
        expect(resize1d(x, { ...options, size: length })).toBe(x);
      }),
    ));

  it('reproduces a ramp linearly, from corner to corner', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 1, 3));
    const y = resize2d(x, { size: [1, 5], mode: 'linear', coordinates: 'align_corners' });
    expect([...runGraph({ y }, { x: array(x, [0, 2, 4]) }).y.data]).toEqual([0, 1, 2, 3, 4]);
  });

  it.each([
    [{ mode: 'linear' }, 'resize/options'],
    [{ mode: 'linear', size: 2, scale: 2 }, 'resize/options'],
    [{ mode: 'sharp', size: 2 }, 'resize/options'],
    [{ mode: 'linear', size: 2, coordinates: 'corner' }, 'resize/options'],
    [{ mode: 'nearest', size: 2, rounding: 'up' }, 'resize/options'],
    [{ mode: 'linear', scale: 0.1 }, 'resize/size'],
    [{ mode: 'linear', scale: Number.NaN }, 'option/value'],
    [{ mode: 'linear', scale: [1, 2] }, 'option/axes'],
    [{ mode: 'linear', size: 0 }, 'option/value'],
  ])('refuses %j with %s', (options, code) => {
    const x = new GraphBuilder().input('x', f64(1, 1, 4));
    // Options as a caller without types would give them.
    expect(() => resize1d(x, options as Parameters<typeof resize1d>[1])).toThrow(`${code}:`);
  });
});
