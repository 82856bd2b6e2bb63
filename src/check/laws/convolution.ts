import type { Arrays } from '../../backends/backend.ts';
import type { Tensor } from '../../graph/tensor.ts';
import {
  type ConvOptions,
  concat,
  conv1d,
  conv2d,
  conv3d,
  convolve2d,
  correlate2d,
  depthwiseConv2d,
  flip,
  matmul,
  reshape,
  separableConv2d,
  transpose,
  unfold,
} from '../../ops/index.ts';
import { padOp } from '../../ops/shape/pad-op.ts';
import { sliceAlong } from '../../ops/shape/slice-along.ts';
import { type Conv, convCase, operands } from './conv-case.ts';
import { type Law, law, statement } from './law.ts';
import { readAt, sumOver, tabulate } from './places.ts';
import { countOf, optionsOf } from './windows.ts';

const conv: (x: Tensor, w: Tensor, options?: ConvOptions) => Tensor = conv2d;
const convolve: (x: Tensor, w: Tensor, options?: ConvOptions) => Tensor = convolve2d;
const still = { stride: 1, padding: 0, dilation: 1 };
/** Σ x[p·stride + k·dilation − lo]·w[k], or with the taps counted backwards. */
function convolved({ x, w }: Arrays, { batch, groups, inputs, outputs, axes }: Conv, backwards = false): number[] {
  const kernel = axes.map((axis) => axis.kernel);
  return tabulate([batch, groups * outputs, ...axes.map(countOf)], ([n, o, ...at]) =>
    sumOver([inputs, ...kernel], ([c, ...tap]) => {
      const from = at.map((p, i) => p * axes[i]!.stride + tap[i]! * axes[i]!.dilation - axes[i]!.lo);
      const turned = tap.map((k, i) => (backwards ? kernel[i]! - 1 - k : k));
      const channel = Math.floor(o! / outputs) * inputs + c!;
      return readAt(x!, [n!, channel, ...from]) * readAt(w!, [o!, c!, ...turned]);
    }),
  );
}

export const convolutionLaws: readonly Law[] = [
  law({
    name: 'conv: loops',
    about: 'A convolution is Σ x[p·stride + k·dilation − lo]·w[k] over its group’s channels (operators.md 9).',
    ops: ['conv2d'],
    cases: convCase(),
    state: (c) =>
      statement(operands(c), ({ x, w }) => ({
        left: conv(x, w, { ...optionsOf(c.axes), groups: c.groups }),
        right: (values) => convolved(values, c),
      })),
  }),
  law({
    name: 'conv: dilation',
    about: 'Dilation is a kernel with zeros between its taps (operators.md 48).',
    ops: ['conv2d'],
    cases: convCase({ dilation: 3 }),
    state: (c) =>
      statement(operands(c), ({ x, w }) => {
        const options = { ...optionsOf(c.axes), groups: c.groups };
        const none = [0, 0, 0, 0];
        const interior = [0, 0, ...c.axes.map(({ dilation }) => dilation - 1)];
        const spread = padOp({ x: w }, { lo: none, hi: none, interior, value: 0 });
        return {
          left: conv(x, w, options),
          right: conv(x, spread, { ...options, dilation: 1 }),
          wrt: ['x', 'w'],
        };
      }),
  }),
  law({
    name: 'conv: stride',
    about: 'A stride takes every s-th position of the convolution without one (operators.md 9).',
    ops: ['conv2d'],
    cases: convCase(),
    state: (c) =>
      statement(operands(c), ({ x, w }) => {
        const options = { ...optionsOf(c.axes), groups: c.groups };
        const all = conv(x, w, { ...options, stride: 1 });
        return {
          left: conv(x, w, options),
          right: c.axes.reduce((y, { stride }, i) => sliceAlong(y, i + 2, 0, y.shape[i + 2]!, stride), all),
          wrt: ['x', 'w'],
        };
      }),
  }),
  law({
    name: 'conv: padding',
    about: 'Padding is zeros around the input (operators.md 13).',
    ops: ['conv2d'],
    cases: convCase(),
    state: (c) =>
      statement(operands(c), ({ x, w }) => {
        const options = { ...optionsOf(c.axes), groups: c.groups };
        const [lo, hi] = [c.axes.map((axis) => axis.lo), c.axes.map((axis) => axis.hi)];
        const padded = padOp({ x }, { lo: [0, 0, ...lo], hi: [0, 0, ...hi], interior: [0, 0, 0, 0], value: 0 });
        return { left: conv(x, w, options), right: conv(padded, w, { ...options, padding: 0 }), wrt: ['x', 'w'] };
      }),
  }),
  law({
    name: 'conv: flip',
    about: 'Convolution is correlation with the kernel turned round (operators.md 21).',
    ops: ['convolve2d', 'correlate2d'],
    cases: convCase(),
    state: (c) =>
      statement(operands(c), ({ x, w }) => {
        const options = { ...optionsOf(c.axes), groups: c.groups };
        const turned: Tensor = flip(w, [2, 3]);
        const correlate: typeof conv = correlate2d;
        return [
          { left: convolve(x, w, options), right: correlate(x, turned, options), wrt: ['x', 'w'] },
          { of: 'the sum', left: convolve(x, w, options), right: (values) => convolved(values, c, true) },
        ];
      }),
  }),
  law({
    name: 'conv: groups',
    about: 'Groups are convolutions of parts of the channels, side by side (operators.md 9).',
    ops: ['conv2d', 'concat'],
    cases: convCase({}, 3),
    state: (c) =>
      statement(operands(c), ({ x, w }) => {
        const options = optionsOf(c.axes);
        const parts = Array.from({ length: c.groups }, (_, k) =>
          conv(
            sliceAlong(x, 1, k * c.inputs, (k + 1) * c.inputs),
            sliceAlong(w, 0, k * c.outputs, (k + 1) * c.outputs),
            options,
          ),
        );
        return {
          left: conv(x, w, { ...options, groups: c.groups }),
          right: concat(parts, 1),
          wrt: ['x', 'w'],
        };
      }),
  }),
  law({
    name: 'conv: depthwise',
    about:
      'A depthwise convolution treats every channel alone; with a pointwise one it is a separable one (operators.md 20).',
    ops: ['depthwiseConv2d', 'separableConv2d'],
    cases: (fc) => convCase({}, 3)(fc).map((c) => ({ ...c, inputs: 1 })),
    state: (c) =>
      statement({ ...operands(c), v: { shape: [3, c.groups * c.outputs, 1, 1] } }, ({ x, w, v }) => {
        const options = optionsOf(c.axes);
        const [n, , ...size] = x.shape;
        const alone = Array.from({ length: c.groups }, (_, k) =>
          conv(
            reshape(sliceAlong(x, 1, k, k + 1), [n!, 1, ...size]),
            sliceAlong(w, 0, k * c.outputs, (k + 1) * c.outputs),
            options,
          ),
        );
        const apart: Tensor = concat(alone, 1);
        return [
          { of: 'depthwise', left: depthwiseConv2d(x, w, options), right: apart, wrt: ['x', 'w'] },
          {
            of: 'separable',
            left: separableConv2d(x, w, v, options),
            right: conv(apart, v, still),
            wrt: ['x', 'w', 'v'],
          },
        ];
      }),
  }),
  law({
    name: 'conv: matrix product',
    about:
      'A convolution is the product of its kernels with the columns that its windows are (im2col, Chellapilla 2006).',
    ops: ['conv2d', 'unfold', 'matmul'],
    cases: convCase({}, 1),
    state: (c) =>
      statement(operands(c), ({ x, w }) => {
        const options = optionsOf(c.axes);
        const columns: Tensor = unfold(x, { kernel: c.axes.map(({ kernel }) => kernel), ...options });
        const left = conv(x, w, options);
        const product: Tensor = matmul(reshape(w, [c.outputs, -1]), columns);
        return { left, right: reshape(product, left.shape), wrt: ['x', 'w'] };
      }),
  }),
  law({
    name: 'conv: pointwise',
    about: 'A convolution of 1 × 1 is a linear map of the channels at every place (operators.md 20).',
    ops: ['conv2d', 'matmul'],
    cases: convCase({ kernel: 1, stride: 1, padding: 0 }, 1),
    state: (c) =>
      statement(operands(c), ({ x, w }) => {
        const last: Tensor = transpose(x, [0, 2, 3, 1]);
        const product: Tensor = matmul(last, transpose(reshape(w, [c.outputs, c.inputs])));
        return { left: conv(x, w), right: transpose(product, [0, 3, 1, 2]), wrt: ['x', 'w'] };
      }),
  }),
  law({
    name: 'conv: dimensions',
    about: 'An axis of one element changes nothing: convolutions in 1, 2 and 3 dimensions agree (operators.md 9).',
    ops: ['conv1d', 'conv2d', 'conv3d'],
    cases: convCase(),
    state: ({ axes: [axis, other], ...c }) =>
      statement(operands({ ...c, axes: [axis!, other!] }), ({ x, w }) => {
        const options = { ...optionsOf([axis!, other!]), groups: c.groups };
        const flat = conv(x, w, options);
        const deep = conv3d(reshape(x, [...x.shape, 1]), reshape(w, [...w.shape, 1]), {
          groups: c.groups,
          stride: [...options.stride, 1],
          padding: [...options.padding, 0],
          dilation: [...options.dilation, 1],
        }) as Tensor;
        const row = (t: Tensor): Tensor => reshape(sliceAlong(t, 2, 0, 1), [t.shape[0]!, t.shape[1]!, t.shape[3]!]);
        const alone = (t: Tensor): Tensor => sliceAlong(t, 2, 0, 1);
        const along = { ...optionsOf([other!]), groups: c.groups };
        return [
          { of: '3-d', left: deep, right: reshape(flat, [...flat.shape, 1]), wrt: ['x', 'w'] },
          {
            of: '1-d',
            left: conv1d(row(x), row(w), along),
            right: row(
              conv(alone(x), alone(w), {
                groups: c.groups,
                stride: [1, ...along.stride],
                padding: [0, ...along.padding],
                dilation: [1, ...along.dilation],
              }),
            ),
            wrt: ['x', 'w'],
          },
        ];
      }),
  }),
];
