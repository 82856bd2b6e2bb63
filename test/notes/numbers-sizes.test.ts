import { describe, expect, test } from 'vitest';
import { coverageOf } from '../../src/analysis/index.ts';
import { f64, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { deformableBlock } from '../../src/nn/index.ts';
import {
  adaptiveAvgPool1d,
  conv2d,
  convSize,
  convTranspose1d,
  convTranspose2d,
  convTransposeSize,
  effectiveKernel,
  pad,
  samePadding,
  spp,
} from '../../src/ops/index.ts';
import { line, plane, values } from './values.ts';

describe('sizes of the notes', () => {
  const shapeOf = (f: (x: Tensor, w: Tensor) => Tensor, size: number, kernel: number): string => {
    const g = new GraphBuilder();
    const made = f(g.input('x', f64(1, 1, size, size)), g.input('w', f64(1, 1, kernel, kernel)));
    return made.shape.slice(2).join('×');
  };

  test('S2: 7×7 → 5×5 without zeros around it, 7×7 → 7×7 with them', () => {
    expect(shapeOf((x, w) => conv2d(x, w) as Tensor, 7, 3)).toBe('5×5');
    expect(shapeOf((x, w) => conv2d(x, w, { padding: 1 }) as Tensor, 7, 3)).toBe('7×7');
  });

  test('S1, Figure 4.1: 4×4 → 2×2, and back by 3×3 over 2×2 with a border of 2', () => {
    expect(shapeOf((x, w) => conv2d(x, w) as Tensor, 4, 3)).toBe('2×2');
    expect(shapeOf((x, w) => convTranspose2d(x, w) as Tensor, 2, 3)).toBe('4×4');
    const kernel = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const feeds = {
      y: plane(2, 2, [1, 10, 100, 1000]),
      w: plane(3, 3, kernel),
      flipped: plane(3, 3, kernel.toReversed()),
    };
    const { transposed, bordered } = values(feeds, ({ y, w, flipped }) => {
      const around: [number, number] = [2, 2];
      const padded = pad(y, [[0, 0], [0, 0], around, around]) as typeof y;
      return { transposed: convTranspose2d(y, w) as Tensor, bordered: conv2d(padded, flipped) as Tensor };
    });
    expect(bordered).toEqual(transposed);
  });

  test('S0 2.2.2: 2×2 → 5×5 with k = 3, s = 2', () => {
    expect(shapeOf((x, w) => convTranspose2d(x, w, { stride: 2 }) as Tensor, 2, 3)).toBe('5×5');
    expect(convTransposeSize({ length: 2, kernel: 3, stride: 2 })).toBe((2 - 1) * 2 - 0 + 3);
  });

  test('S0 1.2.1, 1.2.2: stride 2 leaves a quarter', () => {
    expect(convSize({ length: 32, kernel: 2, stride: 2 })).toBe(16);
    expect(32 ** 2 / 16 ** 2).toBe(4);
  });

  test('S0 4.1: valid, same, full, and the formula with dilation', () => {
    expect(convSize({ length: 9, kernel: 3 })).toBe(9 - 3 + 1);
    expect(convSize({ length: 9, kernel: 3, padding: [2, 2] })).toBe(9 + 3 - 1);
    expect(samePadding({ length: 9, kernel: 3 })).toEqual([1, 1]);
    expect(convSize({ length: 9, kernel: 3, padding: 'same-upper' })).toBe(9);
    const general = convSize({ length: 20, kernel: 3, stride: 2, dilation: 4, padding: [1, 1] });
    expect(general).toBe(Math.floor((20 + 2 - 4 * (3 - 1) - 1) / 2) + 1);
    expect(general).toBe(Math.floor((20 + 2 - effectiveKernel(3, 4)) / 2) + 1);
  });

  test('S0 5.1.1: adaptive windows from ⌊i·H/H_out⌋ to ⌈(i + 1)·H/H_out⌉', () => {
    const { y } = values({ x: line(1, 2, 4, 8, 16) }, ({ x }) => ({ y: adaptiveAvgPool1d(x, 3) as Tensor }));
    for (const [i, mean] of [(1 + 2) / 2, (2 + 4 + 8) / 3, (8 + 16) / 2].entries()) expect(y[i]).toBeCloseTo(mean, 12);
  });

  test('S0 5.2.1: 1, 2, 3 and 6 make 50·C numbers', () => {
    const g = new GraphBuilder();
    for (const [h, w] of [
      [6, 6],
      [13, 31],
    ] as const)
      expect((spp(g.input(`x${h}`, f64(1, 7, h, w)), [1, 2, 3, 6]) as Tensor).shape).toEqual([1, 50 * 7]);
  });

  test('S0 5.3.2: 2·k·k channels of offsets', () => {
    const { parameters } = deformableBlock({ in: 4, out: 4, kernel: 3 });
    expect(parameters['offset.w']!.type.shape[0]).toBe(2 * 3 * 3);
  });

  test('S0 2.2.3: with k = n·s every pixel is written equally often', () => {
    for (const [n, s] of [
      [1, 2],
      [2, 2],
      [2, 3],
      [3, 2],
    ] as const) {
      const g = new GraphBuilder();
      const x = g.input('x', f64(1, 1, 9));
      const graph = g.build({ y: convTranspose1d(x, g.parameter('w', f64(1, 1, n * s)), { stride: s }) });
      const inside = coverageOf(graph, graph.outputs.y!).data.slice(n * s, 9 * s - s);
      expect(new Set(inside)).toEqual(new Set([n]));
    }
  });
});
