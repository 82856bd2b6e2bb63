import { describe, expect, test } from 'vitest';
import { costOf, pathCounts, solveSize } from '../../src/analysis/index.ts';
import { f32, f64, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import { declareParameters, multiScaleConv, net } from '../../src/nn/index.ts';
import { concat, conv1d, conv2d, convolve2d, convSize, correlate2d, samePadding, slice } from '../../src/ops/index.ts';
import { codeOf } from './code-of.ts';
import { decides } from './page.ts';
import { plane, values } from './values.ts';

const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const first = [1, 0, 0, 0, 0, 0, 0, 0, 0];

describe('corrections of convolution', () => {
  test('7: layers correlate, the convolution of the notes turns its kernel around', () => {
    const made = values({ x: plane(3, 3, nine), w: plane(3, 3, first) }, ({ x, w }) => ({
      layer: conv2d(x, w) as Tensor,
      correlated: correlate2d(x, w) as Tensor,
      convolved: convolve2d(x, w) as Tensor,
    }));
    expect(made.layer).toEqual(made.correlated);
    const sizes = [0, 1].map((padding) => convSize({ length: 7, kernel: 3, padding }));
    decides(
      7,
      `1 … 9 under a kernel whose A is 1, all others 0: layers make ${made.layer[0]}, the convolution ${made.convolved[0]}; 7 → ${sizes[0]} without the padding that the formula lacks, 7 → ${sizes[1]} with it`,
    );
  });

  test('8: with image and kernel exchanged, the correlation comes out mirrored', () => {
    const kernel = [2, 0, 1, 5, 3, 0, 0, 7, 4];
    const { y } = values({ x: plane(3, 3, nine), w: plane(3, 3, kernel) }, ({ x, w }) => ({
      y: correlate2d(x, w, { padding: 1 }) as Tensor,
    }));
    const at = (list: readonly number[], i: number, j: number): number =>
      Math.abs(i) > 1 || Math.abs(j) > 1 ? 0 : list[3 * (i + 1) + j + 1]!;
    const places = [-1, 0, 1];
    /** Σ image[m, n] kernel[i + m, j + n], as the notes write it, indices from −1 to 1. */
    const theirs = (i: number, j: number): number =>
      places.reduce((sum, m) => places.reduce((s, n) => s + at(nine, m, n) * at(kernel, i + m, j + n), sum), 0);
    for (const i of places) for (const j of places) expect(theirs(i, j)).toBe(at(y, -i, -j));
    expect(theirs(0, 1)).not.toBe(at(y, 0, 1));
    decides(
      8,
      `at (0, 0) both are ${at(y, 0, 0)}; at (0, 1) the correlation is ${at(y, 0, 1)}, their sum ${theirs(0, 1)}, which is the correlation at (0, −1)`,
    );
  });

  test('9: (row, column), not (x, y)', () => {
    const { element } = values({ x: plane(3, 3, nine) }, ({ x }) => ({
      element: slice(x, { starts: [0, 0, 1, 0], limits: [1, 1, 2, 1] }) as Tensor,
    }));
    const asColumnRow = nine[3 * 0 + 1];
    decides(9, `element (1, 0) of 1 … 9 is ${element[0]}; read as (x, y) it would be ${asColumnRow}`);
  });

  test('10: the compression of a stride depends on the channels', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f32(1, 16, 32, 32));
    const count = ({ shape }: Tensor): number => shape.reduce((a, b) => a * b, 1);
    const [same, more] = [16, 32].map((channels) =>
      conv2d(x, g.input(`w${channels}`, f32(channels, 16, 2, 2)), { stride: 2 }),
    ) as Tensor[] as [Tensor, Tensor];
    decides(
      10,
      `stride 2: ${count(x) / count(same)} times fewer numbers with 16 → 16 channels, ${count(x) / count(more)} times with 16 → 32`,
    );
  });

  test('11: branches of stride 1, 2 and 4 cannot be joined', () => {
    const g = new GraphBuilder();
    const x: Tensor = g.input('x', f32(1, 4, 32, 32));
    const branches = [1, 2, 4].map((stride) => {
      const w: Tensor = g.input(`w${stride}`, f32(8, 4, 3, 3));
      return conv2d(x, w, { stride, padding: 1 }) as Tensor;
    });
    const code = codeOf(() => concat(branches, 1));
    const block = net('block', {}, multiScaleConv({ in: 4, out: 8, strides: [1, 2, 4], alignTo: 'smallest' }));
    const y = block.apply(x, declareParameters(g, block.parameterTypes));
    decides(
      11,
      `${branches.map(({ shape }) => shape[2]).join(', ')} rows: ${code}; alignTo: 'smallest' makes ${y.shape.join('×')}`,
    );
  });

  test('32: no kernel but 1×1 keeps the size without padding', () => {
    const keeping = solveSize({ from: 7, to: 7, padding: 0, operations: ['conv'] }).map(({ kernel }) => kernel);
    decides(
      32,
      `without padding, 7 rows stay 7 by a kernel of ${[...new Set(keeping)].join(' ')} only; 3×3 leaves ${convSize({ length: 7, kernel: 3 })}`,
    );
  });

  test('39: same padding by the formula of the notes is a fraction', () => {
    const [H, s] = [8, 2];
    const formula = (k: number): number => ((H - 1) * s - H + k) / 2;
    const pads = samePadding({ length: H, kernel: 3, stride: s }) as readonly [number, number];
    const even = samePadding({ length: H, kernel: 2, stride: 1, odd: 'refuse' });
    const second = convSize({ length: H, kernel: 4, stride: 1, padding: [1, 1] });
    expect(even).toBe('impossible');
    decides(
      39,
      `H = 8, s = 2: p = ${formula(3)} for k = 3, ${formula(4)} for k = 4; ours pads ${pads.join(' and ')} to ${convSize({ length: H, kernel: 3, stride: s, padding: pads })}. (k − 1)/2 for k = 4, rounded down: 8 → ${second}`,
    );
  });

  test('40: H − k + 1 holds for stride 1 only', () => {
    const sizes = [1, 2].map((stride) => convSize({ length: 7, kernel: 3, stride }));
    decides(40, `7 rows, k = 3: ${sizes[0]} with stride 1, ${sizes[1]} with stride 2`);
  });

  test('53: dilation costs no multiply-add, but memory traffic', () => {
    const cost = (dilation: number) => {
      const side = 32 + 2 * dilation;
      const g = new GraphBuilder();
      const x = g.input('x', f32(1, 1, side, side));
      return costOf(g.build({ y: conv2d(x, g.parameter('w', f32(1, 1, 3, 3)), { dilation }) })).total;
    };
    const [one, eight] = [cost(1), cost(8)];
    expect(eight.macs).toBe(one.macs);
    decides(
      53,
      `32×32 results of 3×3: ${one.macs} multiply-adds at rates 1 and 8; ${one.read} bytes read at rate 1, ${eight.read} at rate 8`,
    );
  });

  test('54: rate d puts d − 1 zeros between taps', () => {
    const read = (dilation: number): string => {
      const g = new GraphBuilder();
      const x = g.input('x', f64(1, 1, 7));
      const graph = g.build({ y: conv1d(x, g.parameter('w', f64(1, 1, 3)), { dilation }) });
      return [...pathCounts(graph, { at: [0, 0, 0], input: 'x' }).data].join(' ');
    };
    decides(54, `what one result reads: ${read(2)} at rate 2, ${read(1)} at rate 1`);
  });
});
