import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkerboardIn, checkerboardOf, coverageOf } from '../../src/analysis/index.ts';
import { array, f64, GraphBuilder, type NdArray, type Tensor } from '../../src/graph/index.ts';
import { conv2d, convTranspose2d, exp, full, mul, resize2d } from '../../src/index.ts';
import {
  convTransposeLayer,
  declareParameters,
  evenKernel,
  type Layer,
  type Net,
  net,
  resizeConvLayer,
  subPixelLayer,
  unet,
} from '../../src/nn/index.ts';

const plane = (size: number, of: (i: number, j: number) => number): NdArray =>
  array(
    f64(1, 1, size, size),
    Array.from({ length: size * size }, (_, at) => of(Math.floor(at / size), at % size)),
  );

/** What a transposed convolution whose weights are one makes of ones. */
const stamped = (kernel: number, stride: number) =>
  checkerboardOf((x) => convTranspose2d(x, full(x.graph, f64(1, 1, kernel, kernel), 1), { stride }), {
    type: f64(1, 1, 16, 16),
    period: stride,
    levels: [1, 1],
  });

describe('checkerboardIn', () => {
  it('finds nothing in whatever bends at most', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 16, max: 40 }),
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 6, maxLength: 6 }),
        (period, size, [a, b, c, d, e, f]) => {
          const bent = plane(size, (i, j) => a! + b! * i + c! * j + d! * i * i + e! * j * j + f! * i * j);
          expect(checkerboardIn(bent, period).score).toBeCloseTo(0, 6);
        },
      ),
    ));

  it('gives a wave its share of the power, at its frequency', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 6 }),
        fc.integer({ min: 20, max: 40 }),
        fc.double({ min: 0.1, max: 3, noNaN: true }),
        (period, size, a) => {
          const wave = plane(size, (i) => 1 + a * Math.cos((2 * Math.PI * i) / period));
          const { score, spectrum } = checkerboardIn(wave, period);
          const share = a ** 2 / 2 / (1 + a ** 2 / 2);
          expect(score ** 2).toBeCloseTo(share, 6);
          // Half at 1/period, half at −1/period, along the first axis alone.
          expect(spectrum.data[period]).toBeCloseTo(share / 2, 6);
          expect(spectrum.data[1]).toBeCloseTo(0, 6);
          expect(spectrum.data[0]).toBeCloseTo(1 - share, 6);
        },
      ),
    ));

  it('is 1 for nothing but a checkerboard, whose holes it counts', () => {
    const { score, holes } = checkerboardIn(
      plane(12, (i, j) => (i + j) % 2 || -1),
      2,
    );
    expect([score, holes]).toEqual([1, 0]);
    expect(
      checkerboardIn(
        plane(12, (i, j) => (i + j) % 2),
        2,
      ).holes,
    ).toBe(2);
    expect(
      checkerboardIn(
        plane(12, () => 0),
        2,
      ),
    ).toMatchObject({ score: 0, unevenness: 1, holes: 0 });
  });

  it.each([0, 1.5, 9])('refuses a period of %d', (period) =>
    expect(() =>
      checkerboardIn(
        plane(12, () => 0),
        period,
      ),
    ).toThrow('checkerboard/period'),
  );
});

describe('transposed convolutions (operators.md 39, correction 25)', () => {
  it('are even iff the stride divides the kernel, and leave holes iff it is larger', () => {
    for (let kernel = 1; kernel <= 6; kernel++)
      for (let stride = 1; stride <= 4; stride++) {
        const { score, unevenness, holes } = stamped(kernel, stride);
        const [least, most] = [Math.floor(kernel / stride), Math.ceil(kernel / stride)];
        expect(unevenness).toBeCloseTo((most / least) ** 2, 9);
        expect(holes).toBe(kernel < stride ? stride ** 2 - kernel ** 2 : 0);
        if (kernel % stride === 0) expect(score).toBeCloseTo(0, 6);
        else expect(score).toBeGreaterThan(0.1);
      }
    // Along an axis 1, 2, 1, 2, …: the mean has 1.5² of a power of 2.5.
    expect(stamped(3, 2).score).toBeCloseTo(Math.sqrt(1 - (2.25 / 2.5) ** 2), 9);
  });

  it('of one kernel are unevenly covered in strided convolutions’ gradients, too', () => {
    const gradient = (kernel: number) =>
      checkerboardOf((x) => conv2d(x, full(x.graph, f64(1, 1, kernel, kernel), 1), { stride: 2 }), {
        type: f64(1, 1, 24, 24),
        period: 2,
        of: 'gradient',
      });
    expect(gradient(3).unevenness).toBeCloseTo(4, 9);
    expect(gradient(3).score).toBeCloseTo(stamped(3, 2).score, 9);
    expect(gradient(4).score).toBeCloseTo(0, 6);
  });
});

describe('coverageOf', () => {
  it('a node of a graph, in taps per element', () => {
    const g = new GraphBuilder();
    const w = g.parameter('w', f64(2, 1, 3, 1));
    const y = convTranspose2d(g.input('x', f64(1, 2, 4, 1)), w, { stride: [2, 1] });
    const graph = g.build({ y });
    const node = graph.nodes.find(({ op }) => op.name === 'conv')!;
    expect([...coverageOf(graph, node.id).data]).toEqual([2, 2, 4, 2, 4, 2, 4, 2, 2]);
  });

  it('refuses what is not linear', () => {
    const g = new GraphBuilder();
    const graph = g.build({ y: exp(g.input('x', f64(2))) });
    for (const id of ['n0', 'n1', 'n9']) expect(() => coverageOf(graph, id)).toThrow('coverage/node');
  });
});

/** The score of a net on flat images, its parameters fresh. */
function scoreOf(made: Net, channels: number, period: number, seed = 3): number {
  return checkerboardOf((x) => made.apply(x, declareParameters(x.graph, made.parameterTypes)), {
    type: f64(2, channels, 48, 48),
    period,
    values: made.initialise(seed),
  }).score;
}

const alone = (layer: Layer<(x: never) => unknown>): Net =>
  net('net', {}, layer as Layer<(x: never) => Tensor<readonly number[], 'f64'>>);

describe('checkerboardOf', () => {
  const sizes = { in: 2, out: 3, dtype: 'f64' } as const;

  it('resizing is even', () => {
    for (const mode of ['nearest', 'linear', 'cubic'] as const)
      expect(
        checkerboardOf((x) => resize2d(x, { scale: 2, mode }), { type: f64(1, 1, 16, 16), period: 2, levels: [1, 1] })
          .score,
      ).toBeCloseTo(0, 6);
  });

  it.each([1, 2, 3])('the cures cure, seed %i', (seed) => {
    const uneven = scoreOf(alone(convTransposeLayer({ ...sizes, kernel: 3, stride: 2 })), 2, 2, seed);
    expect(uneven).toBeGreaterThan(0.1);
    // An even kernel is even in coverage; with weights of its own it need not be.
    const ones = { initialise: () => () => 1 };
    expect(scoreOf(alone(convTransposeLayer({ ...sizes, ...evenKernel(2), ...ones })), 2, 2, seed)).toBeCloseTo(0, 6);
    expect(scoreOf(alone(resizeConvLayer({ ...sizes, scale: 2 })), 2, 2, seed)).toBeCloseTo(0, 6);
    expect(scoreOf(alone(subPixelLayer({ ...sizes, scale: 2 })), 2, 2, seed)).toBeCloseTo(0, 6);
  });

  it('of whole nets tells those that resize from those that transpose', () => {
    const made = (up: 'transposed' | 'nearest' | 'linear' | 'sub-pixel') =>
      scoreOf(unet({ inChannels: 1, classes: 3, width: 4, depth: 1, up, dtype: 'f64' }), 1, 2);
    expect(made('transposed')).toBeGreaterThan(0.01);
    for (const up of ['nearest', 'linear', 'sub-pixel'] as const) expect(made(up)).toBeLessThan(1e-6);
  });

  it('is the same for scores of any scale', () => {
    const layer = alone(convTransposeLayer({ ...sizes, kernel: 3, stride: 2, bias: false }));
    const values = layer.initialise(1);
    const options = { type: f64(1, 2, 16, 16), period: 2, values };
    const apply = (x: Tensor) => layer.apply(x, declareParameters(x.graph, layer.parameterTypes));
    const scaled = (x: Tensor) => mul(apply(x), -7);
    expect(checkerboardOf(scaled, options).score).toBeCloseTo(checkerboardOf(apply, options).score, 12);
  });
});
