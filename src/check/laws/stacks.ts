import type * as FastCheck from 'fast-check';
import { vjp } from '../../autodiff/vjp.ts';
import type { Tensor } from '../../graph/tensor.ts';
import { concat, constant, conv1d, conv2d, minimum, mul, relu } from '../../ops/index.ts';
import { sliceAlong } from '../../ops/shape/slice-along.ts';
import { type Law, law, statement } from './law.ts';
import { countOf, spanOf, type Window, windowCase } from './windows.ts';

/** Layers in one dimension, the first one first; `length` is that of each one’s input. */
interface Stack {
  readonly layers: readonly Window[];
  /** Which element of the result is looked at, as a share of 64. */
  readonly at: number;
}

/** Layers that fit on one another: the last is drawn, and each before it made long enough. */
const stackCase =
  (padding: number) =>
  (fc: typeof FastCheck): FastCheck.Arbitrary<Stack> =>
    fc
      .record({
        drawn: fc.array(windowCase(fc, { dilation: 3, stride: 2, padding }), { minLength: 1, maxLength: 3 }),
        at: fc.nat(63),
      })
      .map(({ drawn, at }) => {
        const layers: Window[] = [];
        for (const layer of drawn) layers.unshift(widened(layer, layers[0]));
        return { layers, at };
      });

/** A layer with the least input that gives the next layer its own. */
function widened(layer: Window, next: Window | undefined): Window {
  if (next === undefined) return layer;
  const length = (next.length - 1) * layer.stride + spanOf(layer) - layer.lo - layer.hi;
  // Padding alone may be enough; an input has at least one element all the same, and then the result may be longer.
  if (length >= 1) return { ...layer, length };
  return { ...layer, lo: 0, hi: 0, length: (next.length - 1) * layer.stride + spanOf(layer) };
}

const ones = (x: Tensor, shape: readonly number[]): Tensor =>
  constant(x.graph, { dtype: x.dtype, shape }, new Array<number>(shape.reduce((a, b) => a * b, 1)).fill(1)) as Tensor;

/** The layers with every weight 1, and the gradient of one element of the result. */
function pathsInto(x: Tensor, { layers, at }: Stack): Tensor {
  const apply = (t: Tensor, { kernel, stride, dilation, lo, hi }: Window): Tensor =>
    conv1d(t, ones(x, [1, 1, kernel]), { stride, dilation, padding: [[lo, hi]] }) as Tensor;
  const y = layers.reduce(apply, x);
  const count = y.shape[2]!;
  const place = Math.floor((at * count) / 64);
  const one = constant(
    x.graph,
    y,
    Array.from({ length: count }, (_, i) => Number(i === place)),
  ) as Tensor;
  return vjp([y], [x], [one])[0]!;
}

/** By how many paths each element of the input reaches the result. */
function pathsCounted({ layers, at }: Stack): number[] {
  let reached = new Map([[Math.floor((at * countOf(layers.at(-1)!)) / 64), 1]]);
  for (const { length, kernel, stride, dilation, lo } of layers.toReversed()) {
    const before = new Map<number, number>();
    for (const [p, hits] of reached)
      for (let k = 0; k < kernel; k++) {
        const q = p * stride + k * dilation - lo;
        if (q >= 0 && q < length) before.set(q, (before.get(q) ?? 0) + hits);
      }
    reached = before;
  }
  return Array.from({ length: layers[0]!.length }, (_, q) => reached.get(q) ?? 0);
}

export const stackLaws: readonly Law[] = [
  law({
    name: 'stacks: coverage',
    about:
      'With weights 1 the gradient counts the paths from an element of the input, holes of dilated stacks included (operators.md 38, 58).',
    ops: ['conv1d'],
    cases: stackCase(1),
    state: (stack) =>
      statement({ x: { shape: [1, 1, stack.layers[0]!.length] } }, ({ x }) => ({
        left: pathsInto(x, stack),
        right: pathsCounted(stack),
      })),
  }),
  law({
    name: 'stacks: receptive field',
    about:
      'The receptive field begins at p·jump and is 1 + Σ (kernel − 1)·dilation·jump wide: nothing outside has a gradient, both ends have (operators.md 52).',
    ops: ['conv1d'],
    cases: stackCase(0),
    state: (stack) =>
      statement({ x: { shape: [1, 1, stack.layers[0]!.length] } }, ({ x }) => {
        let [jump, wide] = [1, 1];
        for (const layer of stack.layers) {
          wide += (spanOf(layer) - 1) * jump;
          jump *= layer.stride;
        }
        const first = Math.floor((stack.at * countOf(stack.layers.at(-1)!)) / 64) * jump;
        const last = first + wide - 1;
        const told = (i: number): boolean => i <= first || i >= last;
        const isEnd = (i: number): boolean => i === first || i === last;
        const indicator = (of: (i: number) => boolean): number[] =>
          Array.from({ length: x.shape[2]! }, (_, i) => Number(of(i)));
        const reached = minimum(pathsInto(x, stack), 1) as Tensor;
        return {
          left: mul(reached, constant(x.graph, x, indicator(told))) as Tensor,
          right: constant(x.graph, x, indicator(isEnd)) as Tensor,
        };
      }),
  }),
  law({
    name: 'stacks: sliding window',
    about: 'A net without padding slid over an image gives what it gives of every patch (operators.md 72, 73).',
    ops: ['conv2d', 'relu'],
    cases: (fc) => {
      const size = fc.integer({ min: 1, max: 3 });
      return fc.record({ kernels: fc.tuple(size, size), grid: fc.tuple(size, size) });
    },
    state: ({ kernels: [inner, outer], grid }) => {
      const patch = inner + outer - 1;
      const shape = [1, 2, ...grid.map((n) => n + patch - 1)];
      const weights = { w: { shape: [2, 2, inner, inner] }, v: { shape: [1, 2, outer, outer] } };
      return statement({ x: { shape }, ...weights }, ({ x, w, v }) => {
        const net = (t: Tensor): Tensor => conv2d(relu(conv2d(t, w) as Tensor), v) as Tensor;
        const rows = Array.from({ length: grid[0] }, (_, i) => {
          const band = sliceAlong(x, 2, i, i + patch);
          const row = Array.from({ length: grid[1] }, (_, j) => net(sliceAlong(band, 3, j, j + patch)));
          return concat(row, 3) as Tensor;
        });
        return { left: net(x), right: concat(rows, 2) as Tensor, wrt: ['w', 'v'] };
      });
    },
  }),
];
