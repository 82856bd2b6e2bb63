import { describe, expect, test } from 'vitest';
import { costOf, memoryOf, receptiveField } from '../../src/analysis/index.ts';
import { f32, f64, type Graph, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { deformableBlock, dilatedCoverage } from '../../src/nn/index.ts';
import {
  adaptiveAvgPool1d,
  add,
  avgPool2d,
  conv2d,
  convMatrix,
  convolve2d,
  convSize,
  convTranspose2d,
  convTransposeSize,
  correlate2d,
  effectiveKernel,
  globalPool,
  kernels,
  maxPool2d,
  maxPoolWithIndices,
  maxUnpool2d,
  pad,
  resize1d,
  resize2d,
  samePadding,
  spp,
  stampTables,
} from '../../src/ops/index.ts';
import { line, plane, values } from './values.ts';

/** 3×3 convolutions in turn, of these dilations and strides. */
function stack(layers: readonly (readonly [dilation: number, stride: number])[]): Graph {
  const g = new GraphBuilder();
  let y: Tensor = g.input('x', f64(1, 1, 64, 64));
  for (const [k, [dilation, stride]] of layers.entries())
    y = conv2d(y, g.parameter(`w${k}`, f64(1, 1, 3, 3)) as Tensor, { dilation, stride, padding: dilation }) as Tensor;
  return g.build({ y });
}
const field = (layers: readonly (readonly [number, number])[]): number =>
  receptiveField(stack(layers), { input: 'x' })[2]!.size;

describe('receptive fields of the notes', () => {
  const rates = [1, 2, 4, 8];

  test('S0 3.2.1: RF 3, 7, 15, 31 with d = 2^(l − 1)', () => {
    expect(rates).toEqual([1, 2, 3, 4].map((l) => 2 ** (l - 1)));
    const upTo = (l: number) => rates.slice(0, l + 1);
    expect(rates.map((_, l) => field(upTo(l).map((d) => [d, 1])))).toEqual([3, 7, 15, 31]);
    expect(rates.map((_, l) => dilatedCoverage(3, upTo(l)).hits.length)).toEqual([3, 7, 15, 31]);
    // RF = 1 + Σ (k − 1) d
    expect(rates.map((_, l) => upTo(l).reduce((sum, d) => sum + 2 * d, 1))).toEqual([3, 7, 15, 31]);
  });

  test('S1: 3×3 once, twice, three times is 3, 5, 7; at rates 1, 2, 3 it is 3, 5, 7', () => {
    expect([1, 2, 3].map((n) => field(new Array<[number, number]>(n).fill([1, 1])))).toEqual([3, 5, 7]);
    expect([1, 2, 3].map((d) => field([[d, 1]]))).toEqual([3, 5, 7]);
  });

  test('S0 3.2.2: RF_l = RF_(l − 1) + (k − 1)·d·Π s', () => {
    const layers = [
      [1, 2],
      [2, 1],
      [1, 2],
      [4, 1],
    ] as const;
    let [expected, jump] = [1, 1];
    for (const [d, s] of layers) {
      expected += 2 * d * jump;
      jump *= s;
    }
    expect([expected, field(layers)]).toEqual([47, 47]);
  });

  test('S0 3.1.2: k_eff is 5 for d = 2 and 9 for d = 4, by both forms', () => {
    expect([2, 4].map((d) => effectiveKernel(3, d))).toEqual([5, 9]);
    for (const d of [2, 4]) expect(effectiveKernel(3, d)).toBe(3 * d - (d - 1));
  });

  test('S0 3.3.1: ASPP at 1, 6, 12, 18 sees 3, 13, 25, 37', () => {
    expect([1, 6, 12, 18].map((d) => field([[d, 1]]))).toEqual([3, 13, 25, 37]);
  });
});

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
});

describe('arithmetic of the notes', () => {
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

  test('S0 2.1.2: four terms, or first along x and then along y', () => {
    const corners = [3, 7, 12, 26] as const;
    const [f00, f10, f01, f11] = corners;
    // Between pixel centres, at a quarter and three quarters, as half-pixel centres have them.
    const { y } = values({ x: plane(2, 2, corners) }, ({ x }) => ({
      y: resize2d(x, { size: 4, mode: 'linear' }) as Tensor,
    }));
    for (const [at, [u, v]] of [
      [5, [0.25, 0.25]],
      [6, [0.75, 0.25]],
      [9, [0.25, 0.75]],
    ] as const) {
      expect(y[at]).toBe(f00 * (1 - u) * (1 - v) + f10 * u * (1 - v) + f01 * (1 - u) * v + f11 * u * v);
      const [top, bottom] = [f00 * (1 - u) + f10 * u, f01 * (1 - u) + f11 * u];
      expect(y[at]).toBe(top * (1 - v) + bottom * v);
    }
  });

  test('S0 2.1.3: the cubic kernel at a half, a = −0.5', () => {
    const { y } = values({ x: line(0, 0, 16, 0, 0, 0) }, ({ x }) => ({
      y: resize1d(x, { size: 12, mode: { cubic: -0.5 }, coordinates: 'asymmetric' }) as Tensor,
    }));
    const w = (t: number, a = -0.5): number =>
      t <= 1 ? (a + 2) * t ** 3 - (a + 3) * t ** 2 + 1 : a * t ** 3 - 5 * a * t ** 2 + 8 * a * t - 4 * a;
    expect([1, 3, 4, 5, 7].map((at) => y[at]! / 16)).toEqual([1.5, 0.5, 0, 0.5, 1.5].map((t) => w(t)));
    expect([w(0.5), w(1.5)]).toEqual([9 / 16, -1 / 16]);
  });
});

describe('costs of the notes', () => {
  const graph = (() => {
    const g = new GraphBuilder();
    const y = conv2d(g.input('x', f32(1, 16, 28, 28)), g.parameter('w', f32(32, 16, 3, 3)), { padding: 1 });
    return g.build({ y: add(y, g.parameter('b', f32(1, 32, 1, 1))) });
  })();

  test('S0 4.3.1: FLOPs = H·W·C_out·(k²·C_in + 1), and as others count, 2·MACs + bias', () => {
    const seed = costOf(graph, { convention: 'seed' }).total;
    expect(seed.flops).toBe(28 * 28 * 32 * (3 ** 2 * 16 + 1));
    const formula = costOf(graph, { convention: 'formula' }).total;
    expect(formula.macs).toBe(28 * 28 * 32 * 3 ** 2 * 16);
    expect(formula.flops).toBe(2 * formula.macs + 28 * 28 * 32);
  });

  test('S0 4.3.2: MAC = FLOPs / 2', () => {
    const { macs, flops } = costOf(graph, { convention: 'seed' }).total;
    expect(macs).toBe(flops / 2);
  });

  test('S0 4.2.1, 4.2.2: features and weights take 4, 2 and 1 bytes a number', () => {
    for (const floatBytes of [4, 2, 1]) {
      const { features, weights } = memoryOf(graph, { floatBytes }).notes;
      expect([features, weights]).toEqual([28 * 28 * 32 * floatBytes, (3 * 3 * 16 * 32 + 32) * floatBytes]);
    }
  });

  test('S0 4.2.3: features and weights of all layers, and three times that', () => {
    const { features, weights, forward, training } = memoryOf(graph).notes;
    expect([forward, training]).toEqual([features + weights, 3 * (features + weights)]);
  });

  test('S2: an RGB image has 3 channels, a grey one 1, and n filters make n', () => {
    const g = new GraphBuilder();
    for (const channels of [1, 3]) {
      const y = conv2d(
        g.input(`x${channels}`, f64(1, channels, 8, 8)),
        g.input(`w${channels}`, f64(5, channels, 3, 3)),
      );
      expect(y.shape[1]).toBe(5);
    }
  });
});
