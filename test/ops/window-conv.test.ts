import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { vjp } from '../../src/autodiff/index.ts';
import { compile } from '../../src/backends/index.ts';
import { drawPoint } from '../../src/check/draw.ts';
import { Random } from '../../src/check/random.ts';
import { GraphBuilder } from '../../src/graph/builder.ts';
import { array, type NdArray } from '../../src/graph/nd-array.ts';
import { sizeOf } from '../../src/graph/shape.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f32, f64, type Type } from '../../src/graph/type.ts';
import { concat, conv, conv1d, conv2d, conv3d, convTranspose2d, flip, slice, transpose } from '../../src/ops/index.ts';
import { convOp } from '../../src/ops/window/conv.ts';
import { sumLoop } from './correlation-oracle.ts';

/** Dyadic numbers, so that every order of summation gives the same bits. */
const dyadic = (type: Type, seed: number, name: string): NdArray =>
  drawPoint(type, { kind: 'dyadic' }, new Random(seed, name));

const run = (outputs: { readonly [name: string]: Tensor }, feeds: { readonly [name: string]: NdArray }) => {
  const [first] = Object.values(outputs);
  return compile(first!.graph.build(outputs)).run(feeds);
};

describe('conv', () => {
  it('equals the sum over all indices on random geometry, in f64 and f32', () =>
    fc.assert(
      fc.property(convOp.cases(fc), fc.nat(), fc.constantFrom('f64', 'f32'), ({ types, attributes }, seed, dtype) => {
        const g = new GraphBuilder();
        const x = dyadic({ ...types.x, dtype }, seed, 'x');
        const w = dyadic({ ...types.w, dtype }, seed, 'w');
        const y = conv(g.input('x', x), g.input('w', w), attributes);
        expect(run({ y }, { x, w }).y).toEqual(sumLoop(x, w, attributes, y.shape));
      }),
      { numRuns: 300 },
    ));

  it('sums long kernel rows and long output rows alike', () => {
    for (const [length, window] of [
      [40, 37],
      [40, 5],
      [7, 7],
    ] as const) {
      const axis = { stride: 1, lo: 3, hi: 2, xDilation: 1, wDilation: 1 };
      const attributes = { axes: [axis, { ...axis, lo: 1, stride: 2 }], groups: 1 };
      const g = new GraphBuilder();
      const x = dyadic(f64(2, 3, length, length + 1), 1, 'x');
      const w = dyadic(f64(2, 3, window, window - 1), 2, 'w');
      const y = conv(g.input('x', x), g.input('w', w), attributes);
      expect(run({ y }, { x, w }).y).toEqual(sumLoop(x, w, attributes, y.shape));
    }
  });

  it('works on an empty batch and on no channels, gradients included', () => {
    for (const [batch, channels] of [
      [0, 2],
      [2, 0],
    ] as const) {
      const g = new GraphBuilder();
      const x = g.input('x', f64(batch, channels, 4, 5));
      const w = g.input('w', f64(3, channels, 3, 2));
      const y = conv2d(x, w, { padding: 1, stride: 2 });
      const ct = g.input('ct', y);
      const [dx, dw] = vjp([y], [x, w], [ct]);
      const feeds = { x: array(x), w: array(w), ct: array(y) };
      const results = run({ y, dx: dx!, dw: dw! }, feeds);
      expect([results.y, results.dx, results.dw].map((r) => r!.shape)).toEqual([y.shape, x.shape, w.shape]);
      expect([...results.y!.data].every((v) => v === 0)).toBe(true);
    }
  });

  it('with groups is the concatenation of convolutions of the parts', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(2, 4, 5, 6));
    const w = g.input('w', f64(6, 2, 3, 2));
    const part = (t: Tensor, axis: number, from: number, to: number): Tensor =>
      slice(t, { starts: t.shape.map((_, k) => (k === axis ? from : 0)), limits: t.shape.with(axis, to) });
    const whole = conv2d(x, w, { groups: 2, padding: [1, 0] });
    const parts = concat(
      [0, 1].map((k) => conv2d(part(x, 1, 2 * k, 2 * k + 2), part(w, 0, 3 * k, 3 * k + 3), { padding: [1, 0] })),
      1,
    );
    const results = run({ whole, parts }, { x: dyadic(x, 1, 'x'), w: dyadic(w, 1, 'w') });
    expect(results.whole).toEqual(results.parts);
  });

  it('commutes with exchanging height and width', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 2, 5, 7));
    const w = g.input('w', f64(2, 2, 3, 2));
    const turn = (t: Tensor): Tensor => transpose(t, [0, 1, 3, 2]);
    const options = {
      stride: [2, 1],
      padding: [
        [1, 0],
        [2, 1],
      ],
      dilation: [1, 2],
    } as const;
    const direct = conv2d(x, w, options);
    const turned = turn(
      conv2d(turn(x), turn(w), {
        stride: [1, 2],
        padding: [
          [2, 1],
          [1, 0],
        ],
        dilation: [2, 1],
      }),
    );
    const results = run({ direct, turned }, { x: dyadic(x, 3, 'x'), w: dyadic(w, 3, 'w') });
    expect(results.direct).toEqual(results.turned);
  });

  it('is commutative as a flipped, full convolution of one channel', () => {
    const g = new GraphBuilder();
    const [a, b] = [g.input('a', f64(1, 1, 4, 3)), g.input('b', f64(1, 1, 2, 5))];
    const convolve = (x: Tensor, w: Tensor): Tensor => conv2d(x, flip(w, [2, 3]), { padding: 'full' });
    const results = run({ ab: convolve(a, b), ba: convolve(b, a) }, { a: dyadic(a, 5, 'a'), b: dyadic(b, 5, 'b') });
    expect(results.ab).toEqual(results.ba);
  });
});

describe('conv1d, conv2d, conv3d', () => {
  it.each([
    ['valid', 2, 2],
    ['full', 5, 5],
    ['same-upper', 4, 3],
    ['same-lower', 4, 3],
  ] as const)(
    'padding %s at stride 2 gives %i positions of 7 elements, of 5 with a window of 2',
    (padding, long, short) => {
      const g = new GraphBuilder();
      const y = conv1d(g.input('x', f64(1, 1, 7)), g.input('w', f64(1, 1, 4)), { stride: 2, padding });
      const z = conv1d(g.input('a', f64(1, 1, 5)), g.input('b', f64(1, 1, 2)), { stride: 2, padding });
      expect([y.shape[2], z.shape[2]]).toEqual([long, padding === 'full' ? 3 : short]);
    },
  );

  it('same-upper puts the odd element last, same-lower first', () => {
    const g = new GraphBuilder();
    const [x, w] = [g.input('x', f64(1, 1, 3)), g.input('w', f64(1, 1, 2))];
    const upper = conv1d(x, w, { padding: 'same-upper' });
    const lower = conv1d(x, w, { padding: 'same-lower' });
    const results = run({ upper, lower }, { x: array(x, [1, 2, 3]), w: array(w, [10, 1]) });
    expect([[...results.upper!.data], [...results.lower!.data]]).toEqual([
      [12, 23, 30],
      [1, 12, 23],
    ]);
  });

  it('fill the padding in the mode asked for', () => {
    const g = new GraphBuilder();
    const [x, w] = [g.input('x', f64(1, 1, 3)), g.input('w', f64(1, 1, 1))];
    const modes = ['zero', 'reflect', 'symmetric', 'replicate', 'circular'] as const;
    const results = run(
      Object.fromEntries(modes.map((paddingMode) => [paddingMode, conv1d(x, w, { padding: [[2, 1]], paddingMode })])),
      { x: array(x, [1, 2, 3]), w: array(w, [1]) },
    );
    expect(Object.fromEntries(modes.map((mode) => [mode, [...results[mode]!.data].join('')]))).toEqual({
      zero: '001230',
      reflect: '321232',
      symmetric: '211233',
      replicate: '111233',
      circular: '231231',
    });
  });

  it('add a bias per output channel', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 1, 1, 2));
    const w = g.input('w', f64(2, 1, 1, 1, 1));
    const y = conv3d(x, w, { bias: g.input('bias', f64(2)) });
    const results = run({ y }, { x: array(x, [1, 2]), w: array(w, [1, 10]), bias: array(f64(2), [0.5, 0.25]) });
    expect([...results.y!.data]).toEqual([1.5, 2.5, 10.25, 20.25]);
  });
});

describe('convTranspose2d', () => {
  const axis = fc.record({
    size: fc.integer({ min: 1, max: 4 }),
    window: fc.integer({ min: 1, max: 4 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    lo: fc.integer({ min: 0, max: 2 }),
    hi: fc.integer({ min: 0, max: 2 }),
    extra: fc.nat(2),
  });

  it('is the vector-Jacobian product of conv2d', () =>
    fc.assert(
      fc.property(axis, axis, fc.constantFrom(1, 2), fc.nat(), (h, v, groups, seed) => {
        const both = [h, v].map((a) => ({ ...a, extra: a.extra % Math.max(a.stride, a.dilation) }));
        const spans = both.map((a) => (a.window - 1) * a.dilation + 1);
        const sizes = both.map((a, i) => (a.size - 1) * a.stride - a.lo - a.hi + spans[i]! + a.extra);
        // A convolution has that size of output only if nothing of the extra part makes another window.
        if (sizes.some((size) => size < 1) || both.some((a) => a.extra >= a.stride)) return;
        const g = new GraphBuilder();
        const options = {
          stride: both.map((a) => a.stride),
          padding: both.map((a) => [a.lo, a.hi] as const),
          dilation: both.map((a) => a.dilation),
          groups,
        };
        const small = g.input('small', f64(2, 2 * groups, both[0]!.size, both[1]!.size));
        const w = g.input('w', f64(2 * groups, 3, both[0]!.window, both[1]!.window));
        const large = g.input('large', f64(2, 3 * groups, sizes[0]!, sizes[1]!));
        const forward = conv2d(large, w, options);
        expect(forward.shape).toEqual(small.shape);
        const [byRule] = vjp([forward], [large], [small]);
        const direct = convTranspose2d(small, w, { ...options, outputPadding: both.map((a) => a.extra) });
        const feeds = { small: dyadic(small, seed, 's'), w: dyadic(w, seed, 'w'), large: array(large) };
        const results = run({ byRule: byRule!, direct }, feeds);
        expect(results.direct).toEqual(results.byRule);
      }),
    ));

  it('of a kernel as large as the stride writes every block once', () => {
    const g = new GraphBuilder();
    const x = g.input('x', f64(1, 1, 2, 1));
    const w = g.input('w', f64(1, 1, 2, 2));
    const y = convTranspose2d(x, w, { stride: 2 });
    const results = run({ y }, { x: array(x, [1, 10]), w: array(w, [1, 2, 3, 4]) });
    expect([...results.y!.data]).toEqual([1, 2, 3, 4, 10, 20, 30, 40]);
  });
});

const plain = { stride: 1, lo: 0, hi: 0, xDilation: 1, wDilation: 1 };

describe('refusals', () => {
  const refused = (build: (g: GraphBuilder) => Tensor): string => {
    try {
      const y = build(new GraphBuilder());
      return `nothing refused: ${y}`;
    } catch (error) {
      return (error as Error).message.replaceAll(/ {3}test\/.*$/gm, '').replace(/, called at .*$/m, '');
    }
  };
  const x = (g: GraphBuilder, ...shape: number[]) => g.input('x', f64(...shape));
  const w = (g: GraphBuilder, ...shape: number[]) => g.input('w', f64(...shape));

  it.each([
    ['channels', (g: GraphBuilder) => conv2d(x(g, 2, 3, 8, 8), w(g, 16, 4, 3, 3))],
    ['channels of groups', (g) => conv2d(x(g, 2, 4, 8, 8), w(g, 16, 4, 3, 3), { groups: 2 })],
    ['groups', (g) => conv2d(x(g, 2, 4, 8, 8), w(g, 3, 2, 3, 3), { groups: 2 })],
    ['no window', (g) => conv2d(x(g, 2, 3, 8, 2), w(g, 16, 3, 3, 3))],
    ['rank', (g) => conv2d(x(g, 2, 3, 8), w(g, 16, 3, 3, 3))],
    ['dtype', (g) => conv(x(g, 1, 1, 2), g.input('w', f32(1, 1, 1)), { axes: [plain], groups: 1 })],
    ['bias', (g) => conv2d(x(g, 1, 1, 2, 2), w(g, 3, 1, 1, 1), { bias: g.input('b', f64(2)) })],
    ['stride', (g) => conv2d(x(g, 1, 1, 2, 2), w(g, 3, 1, 1, 1), { stride: 0 })],
    ['too many strides', (g) => conv2d(x(g, 1, 1, 2, 2), w(g, 3, 1, 1, 1), { stride: [1, 1, 1] })],
    ['padding', (g) => conv2d(x(g, 1, 1, 2, 2), w(g, 3, 1, 1, 1), { padding: 0.5 })],
    ['empty axis', (g) => conv2d(x(g, 1, 1, 0, 2), w(g, 3, 1, 1, 1), { padding: 2 })],
    ['transposed channels', (g) => convTranspose2d(x(g, 1, 2, 2, 2), w(g, 3, 1, 2, 2))],
    ['transposed groups', (g) => convTranspose2d(x(g, 1, 3, 2, 2), w(g, 3, 1, 2, 2), { groups: 2 })],
    ['nothing left', (g) => convTranspose2d(x(g, 1, 3, 2, 2), w(g, 3, 1, 2, 2), { padding: [2, 0] })],
    ['output padding', (g) => convTranspose2d(x(g, 1, 3, 2, 2), w(g, 3, 1, 2, 2), { stride: 2, outputPadding: 2 })],
  ] as [string, (g: GraphBuilder) => Tensor][])('%s', (_, build) => expect(refused(build)).toMatchSnapshot());
});

it('counts what it makes', () => {
  const y = f64(2, 8, 6, 6);
  const types = { x: f64(2, 4, 6, 6), w: f64(8, 2, 3, 3), y };
  expect(convOp.flops(types, { axes: [], groups: 2 })).toBe(2 * sizeOf(y.shape) * 2 * 9);
});
