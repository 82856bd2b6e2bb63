import { describe, expect, test } from 'vitest';
import type { Tensor } from '../../src/graph/index.ts';
import {
  avgPool2d,
  convMatrix,
  convolve1d,
  convolve2d,
  correlate2d,
  globalPool,
  kernels,
  maxPool2d,
  maxPoolWithIndices,
  maxUnpool2d,
  stampTables,
} from '../../src/ops/index.ts';
import { line, plane, values } from './values.ts';

describe('windows of the notes', () => {
  test('S2: both feature maps pool to 4 4 / 2 8', () => {
    for (const map of [
      [3, 0, 4, 3, 4, 1, 2, 3, 1, 1, 8, 7, 2, 0, 6, 4],
      [1, 3, 0, 4, 2, 4, 1, 2, 1, 1, 1, 8, 1, 2, 0, 6],
    ])
      expect(values({ x: plane(4, 4, map) }, ({ x }) => ({ y: maxPool2d(x, { kernel: 2 }) as Tensor })).y).toEqual([
        4, 4, 2, 8,
      ]);
  });

  test('S2: 1·A + 2·B + … + 9·I, and turned around 1·I + 2·H + … + 9·A', () => {
    // No two of these sums of products agree by chance.
    const letters = [2, 3, 5, 7, 11, 13, 17, 19, 23];
    const feeds = { x: plane(3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9]), w: plane(3, 3, letters) };
    const { crossed, convolved } = values(feeds, ({ x, w }) => ({
      crossed: correlate2d(x, w) as Tensor,
      convolved: convolve2d(x, w) as Tensor,
    }));
    const total = (order: readonly number[]): number => order.reduce((sum, letter, i) => sum + (i + 1) * letter, 0);
    expect([crossed[0], convolved[0]]).toEqual([total(letters), total(letters.toReversed())]);
  });

  test('S2: kernels add up to 1, edge detectors to 0', () => {
    const sums = Object.entries(kernels).map(([name, rows]) => [name, rows.flat().reduce((a, b) => a + b, 0)] as const);
    for (const [name, total] of sums) expect(total, name).toBeCloseTo(name.startsWith('edge') ? 0 : 1, 14);
    expect(16 * kernels.gaussian3[1]![1]!).toBe(4);
    expect(256 * kernels.gaussian5[2]![2]!).toBe(36);
    expect(-256 * kernels.unsharp5[2]![2]!).toBe(-476);
    // Unsharp masking of amount 1: twice the image less the blurred one.
    kernels.unsharp5.forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBe((i === 2 && j === 2 ? 2 : 0) - kernels.gaussian5[i]![j]!);
      });
    });
  });

  test('S4: the stamp tables of 3×3 in 5×5', () => {
    const [first, second] = stampTables(convMatrix({ size: [5, 5], kernel: [3, 3] })).map((table) => table.split('\n'));
    expect(first).toEqual([
      'w1x1\tw2x1\tw3x1\t0\t0',
      'w4x1\tw5x1\tw6x1\t0\t0',
      'w7x1\tw8x1\tw9x1\t0\t0',
      '0\t0\t0\t0\t0',
      '0\t0\t0\t0\t0',
    ]);
    expect(second!.slice(0, 3)).toEqual(['0\tw1x2\tw2x2\tw3x2\t0', '0\tw4x2\tw5x2\tw6x2\t0', '0\tw7x2\tw8x2\tw9x2\t0']);
  });

  test('S3: maxima go back to where they stood, zeros elsewhere', () => {
    const { y } = values({ x: plane(4, 4, [3, 0, 4, 3, 4, 1, 2, 3, 1, 1, 8, 7, 2, 0, 6, 4]) }, ({ x }) => {
      const { values: largest, indices } = maxPoolWithIndices(x, { kernel: 2 });
      return { y: maxUnpool2d(largest, indices, { kernel: 2 }) as Tensor };
    });
    expect(y).toEqual([0, 0, 4, 0, 4, 0, 0, 0, 0, 0, 8, 0, 2, 0, 0, 0]);
  });

  test('S0 1.1: means are sums divided by k², of all places by H·W', () => {
    const { mean, all } = values({ x: plane(4, 4) }, ({ x }) => ({
      mean: avgPool2d(x, { kernel: 2 }) as Tensor,
      all: globalPool(x, { kind: 'avg' }) as Tensor,
    }));
    expect(mean).toEqual([(0 + 1 + 4 + 5) / 4, (2 + 3 + 6 + 7) / 4, (8 + 9 + 12 + 13) / 4, (10 + 11 + 14 + 15) / 4]);
    expect(all).toEqual([120 / 16]);
  });

  test('S2, appendix: (f ∗ g)(c) = Σ f(a) g(c − a), as two dice add up', () => {
    const die = line(1, 1, 1, 1, 1, 1);
    const { ways } = values({ die }, ({ die }) => ({ ways: convolve1d(die, die, { padding: 'full' }) as Tensor }));
    expect(ways).toEqual([1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]);
  });
});
