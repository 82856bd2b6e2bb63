import { describe, expect, test } from 'vitest';
import { checkerboardIn, checkerboardOf, coverageOf } from '../../src/analysis/index.ts';
import { array, f32, f64, GraphBuilder, type Tensor } from '../../src/graph/index.ts';
import {
  convLayer,
  declareParameters,
  glorotNormal,
  type Layer,
  layer,
  net,
  subPixelLayer,
} from '../../src/nn/index.ts';
import {
  conv2d,
  convMatrix,
  convSize,
  convTranspose2d,
  convTransposeSize,
  depthToSpace,
  matmul,
  preset,
  solveTransposed,
  transpose,
} from '../../src/ops/index.ts';
import { codeOf } from './code-of.ts';
import { decides } from './page.ts';
import { inner, plane, values } from './values.ts';

const kernel = plane(3, 3, [1, 2, 3, 4, 5, 6, 7, 8, 9]);

type Features = Tensor<[1, 4, 16, 16], 'f32'>;

describe('corrections of transposed convolution', () => {
  test('20: two formulas, two permutations, and a third by default in ONNX', () => {
    const channels = array(f64(1, 8, 1, 1), [0, 1, 2, 3, 4, 5, 6, 7]);
    const orders = (['crd', 'dcr', 'crd-transposed'] as const).map((order) => {
      const { y } = values({ x: channels }, ({ x }) => ({ y: depthToSpace(x, { block: 2, order }) as Tensor }));
      return `${order} ${y.slice(0, 4).join(' ')}`;
    });
    expect(preset('seed').pixelShuffle.order).toBe('crd-transposed');
    expect(preset('seed').depthToSpace.order).toBe(preset('torch').pixelShuffle.order);
    decides(20, `channels of the first block, r = 2, C = 2: ${orders.join(', ')}`);
  });

  test('21: the adjoint, not the inverse', () => {
    const feeds = { x: plane(5, 5), y: plane(3, 3, [2, -1, 0, 3, 1, -2, 1, 0, 4]), w: kernel };
    const made = values(feeds, ({ x, y, w }) => {
      const down = conv2d(x, w);
      return {
        x,
        y,
        down: down as Tensor,
        up: convTranspose2d(y, w) as Tensor,
        back: convTranspose2d(down, w) as Tensor,
      };
    });
    const [left, right] = [inner(made.down, made.y), inner(made.x, made.up)];
    expect(left).toBe(right);
    decides(
      21,
      `⟨Wx, y⟩ = ${left} = ⟨x, Wᵀy⟩; WᵀWx begins with ${made.back.slice(0, 3).join(' ')} where x has ${made.x.slice(0, 3).join(' ')}`,
    );
  });

  test('22: y = Wx and z = Wᵀy, both from the left', () => {
    const { positions, size } = convMatrix({ size: [5, 5], kernel: [3, 3] });
    const shape = [positions, size].map(([h = 0, w = 0]) => h * w);
    const g = new GraphBuilder();
    const W: Tensor = g.input('W', f64(...shape));
    const x: Tensor = g.input('x', f64(25, 1));
    const y = matmul(W, x) as Tensor;
    const z = matmul(transpose(W, [1, 0]) as Tensor, y) as Tensor;
    const code = codeOf(() => matmul(transpose(x, [1, 0]) as Tensor, W));
    decides(
      22,
      `W is ${shape.join('×')}: Wx has ${y.shape[0]} numbers, Wᵀy ${z.shape[0]}; XW with a row X is refused (${code})`,
    );
  });

  test('23: pad by d(k − 1) − p and flip the kernel', () => {
    const feeds = { y: plane(2, 2, [1, 10, 100, 1000]), w: kernel };
    // Zeros put in between, and the notes' padding of k − 1.
    const spread = plane(7, 7, new Array<number>(49).fill(0));
    for (const [i, at] of [16, 18, 30, 32].entries()) spread.data[at] = feeds.y.data[i]!;
    const made = values({ ...feeds, spread, flipped: plane(3, 3, [...kernel.data].reverse()) }, (t) => ({
      ordinary: conv2d(t.spread, t.w) as Tensor,
      turned: conv2d(t.spread, t.flipped) as Tensor,
      zeros: convTranspose2d(t.y, t.w, { stride: 2 }) as Tensor,
      matrix: convTranspose2d(t.y, t.w, { stride: 2, method: 'matrix' }) as Tensor,
      stamps: convTranspose2d(t.y, t.w, { stride: 2, method: 'stamps' }) as Tensor,
      padded: convTranspose2d(t.y, t.w, { stride: 2, padding: 1 }) as Tensor,
    }));
    for (const name of ['turned', 'matrix', 'stamps'] as const) expect(made[name]).toEqual(made.zeros);
    const row = (list: readonly number[]): string => list.slice(0, 5).join(' ');
    decides(
      23,
      `first row of 2×2 → 5×5: ${row(made.zeros)} by three implementations, ${row(made.ordinary)} by the recipe; with p = 1 it is ${Math.sqrt(made.padded.length)}×${Math.sqrt(made.padded.length)}`,
    );
  });

  test('24: several inputs have one size, dilation counts', () => {
    const walk = { kernel: 3, stride: 2 } as const;
    const down = [7, 8].map((length) => convSize({ length, ...walk }));
    const up = [0, 1].map((outputPadding) => convTransposeSize({ length: 3, ...walk, outputPadding }));
    const dilated = convTransposeSize({ length: 3, ...walk, dilation: 2 });
    expect(solveTransposed({ length: 3, ...walk, size: 8, padding: 0 })).toEqual([
      { padding: [0, 0], outputPadding: 1 },
    ]);
    decides(
      24,
      `k = 3, s = 2: 7 → ${down[0]} and 8 → ${down[1]}; 3 → ${up[0]}, with outputPadding 1 → ${up[1]}, with dilation 2 → ${dilated}`,
    );
  });

  test('25: overlap k − s is no measure of unevenness', () => {
    const found = (
      [
        [4, 2],
        [3, 2],
        [2, 3],
      ] as const
    ).map(([k, s]) => {
      const g = new GraphBuilder();
      const x = g.input('x', f64(1, 1, 12, 12));
      const graph = g.build({ y: convTranspose2d(x, g.parameter('w', f64(1, 1, k, k)), { stride: s }) });
      const coverage = coverageOf(graph, graph.outputs.y!);
      const side = coverage.shape[2]!;
      // Borders aside.
      const inside = [...coverage.data].filter((_, at) =>
        [at % side, Math.floor(at / side)].every((place) => place >= 6 && place < side - 6 - (side % s)),
      );
      const width = Math.sqrt(inside.length);
      const { unevenness, holes } = checkerboardIn(array(f64(width, width), inside), s);
      return `k = ${k}, s = ${s} overlaps by ${`${k - s}`.replace('-', '−')}: ${unevenness === Number.POSITIVE_INFINITY ? `${holes} of ${s * s} pixels empty` : `most/least ${unevenness.toFixed(0)}`}`;
    });
    decides(25, found.join('; '));
  });

  test('26: sub-pixel convolution of random weights is a checkerboard', () => {
    const options = { in: 4, initialise: glorotNormal() } as const;
    const independent = layer(
      { conv: convLayer({ ...options, out: 8, kernel: 3, padding: 1 }) },
      (l) => (x: Features) => depthToSpace(l.conv(x), { block: 2 }),
    );
    const score = (name: string, up: Layer<(x: Features) => Tensor<number[], 'f32'>>): string => {
      const all = net(name, {}, up);
      return checkerboardOf((x) => all.apply(x, declareParameters(x.graph, all.parameterTypes)), {
        type: f32(1, 4, 16, 16),
        period: 2,
        values: all.initialise(1),
      }).score.toFixed(3);
    };
    const [drawn, cured] = [
      score('independent', independent as never),
      score('icnr', subPixelLayer({ ...options, out: 2, scale: 2 }) as never),
    ];
    expect(Number(drawn)).toBeGreaterThan(0.1);
    decides(
      26,
      `checkerboard made of a flat image, from 0 to 1: ${drawn} with independent weights, ${cured} with ICNR`,
    );
  });

  test('31: only the sum of overlaps is the transpose', () => {
    const feeds = { v: plane(5, 5), x: plane(3, 3, [2, -1, 0, 3, 1, -2, 1, 0, 4]), w: kernel };
    const made = values(feeds, ({ v, x, w }) => ({
      v,
      x,
      down: conv2d(v, w) as Tensor,
      sum: convTranspose2d(x, w) as Tensor,
      mean: convTranspose2d(x, w, { overlap: 'mean' }) as Tensor,
    }));
    decides(
      31,
      `⟨Wv, x⟩ = ${inner(made.down, made.x)}; ⟨v, z⟩ = ${inner(made.v, made.sum)} with sums, ${inner(made.v, made.mean).toFixed(1)} with means`,
    );
  });
});
