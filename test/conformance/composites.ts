import { checkpoint, customVjp } from '../../src/autodiff/index.ts';
import type { GraphOptions } from '../../src/check/index.ts';
import type { GraphBuilder } from '../../src/graph/builder.ts';
import type { Draw } from '../../src/graph/op.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32, type Type } from '../../src/graph/type.ts';
import {
  adaptiveAvgPool2d,
  avgPool1d,
  avgPool2d,
  batchNorm,
  clip,
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  crossEntropy,
  diceLoss,
  elu,
  gelu,
  leakyRelu,
  logSoftmax,
  logSumExp,
  max,
  maxPool2d,
  maxPool3d,
  mean,
  min,
  mse,
  mul,
  nll,
  pad,
  reciprocal,
  relu,
  resize2d,
  sigmoid,
  silu,
  softmax,
  softplus,
  split,
  square,
  squeeze,
  stack,
  upsample,
  variance,
} from '../../src/ops/index.ts';
import { activationComposites } from './activation-composites.ts';
import { deconvolutionComposites } from './deconvolution-composites.ts';
import { indexingComposites } from './indexing-composites.ts';
import { lossComposites } from './loss-composites.ts';
import { normComposites } from './norm-composites.ts';
import { resamplingComposites } from './resampling-composites.ts';
import { spectralComposites } from './spectral-composites.ts';
import { windowComposites } from './window-composites.ts';

type Inputs = { readonly [name: string]: Tensor };

/** A function of tensors that is proved like an operator: what it is made of, at one telling geometry. */
export interface Composite extends Omit<GraphOptions, 'backend' | 'entries'> {
  readonly types: { readonly [name: string]: Type };
  f(inputs: Inputs, g: GraphBuilder): Tensor;
}

/** Piecewise polynomial with dyadic constants: equality is asked, to order 3. */
const exact = (
  types: Composite['types'],
  degree: GraphOptions['degree'] & object,
  f: Composite['f'],
  draw?: Composite['draw'],
): Composite => ({ types, degree, dyadic: true, order: 3, f, ...(draw === undefined ? {} : { draw }) });
/** Piecewise polynomial with other constants: within the rounding bound. */
const bounded = (
  types: Composite['types'],
  degree: GraphOptions['degree'] & object,
  f: Composite['f'],
  draw?: Composite['draw'],
): Composite => ({ types, degree, order: 3, f, ...(draw === undefined ? {} : { draw }) });
/** Anything else. */
const smooth = (
  types: Composite['types'],
  f: Composite['f'],
  rest: Omit<Composite, 'types' | 'f'> = {},
): Composite => ({
  types,
  f,
  order: 3,
  ...rest,
});

const x = { x: f64(2, 3, 5, 4) };
const distinct: Draw = { kind: 'distinct' };
const awayFromZero: Draw = { kind: 'between', step: 4 };
const positive: Draw = { kind: 'range', low: 0.5, high: 3 };
const classes: Draw = { kind: 'integers', low: 0, high: 2 };
const logits = { x: f64(2, 3, 2, 2), target: i32(2, 2, 2) };
const onTarget = { draw: { target: classes }, order: 2 };

export const composites: { readonly [name: string]: Composite } = {
  ...activationComposites,
  ...indexingComposites,
  ...lossComposites,
  ...normComposites,
  ...resamplingComposites,
  ...deconvolutionComposites,
  ...spectralComposites,
  ...windowComposites,
  'conv1d, dilated, grouped': exact({ x: f64(1, 4, 7), w: f64(2, 2, 3), bias: f64(2) }, { x: 1, w: 1, bias: 1 }, (t) =>
    conv1d(t.x!, t.w!, { bias: t.bias!, dilation: 2, groups: 2, padding: 1 }),
  ),
  'conv2d, asymmetric padding': exact({ x: f64(2, 2, 4, 5), w: f64(3, 2, 3, 2) }, { x: 1, w: 1 }, (t) =>
    conv2d(t.x!, t.w!, {
      stride: [2, 1],
      padding: [
        [1, 0],
        [0, 2],
      ],
    }),
  ),
  'conv2d, same-upper, reflected': exact({ x: f64(1, 1, 5, 4), w: f64(1, 1, 3, 3) }, { x: 1, w: 1 }, (t) =>
    conv2d(t.x!, t.w!, { padding: 'same-upper', paddingMode: 'reflect' }),
  ),
  conv3d: exact({ x: f64(1, 1, 2, 3, 2), w: f64(2, 1, 2, 2, 1) }, { x: 1, w: 1 }, (t) => conv3d(t.x!, t.w!)),
  convTranspose1d: exact({ x: f64(1, 2, 4), w: f64(2, 1, 3) }, { x: 1, w: 1 }, (t) =>
    convTranspose1d(t.x!, t.w!, { stride: 3, padding: 1, outputPadding: 2 }),
  ),
  'convTranspose2d, grouped, dilated': exact(
    { x: f64(1, 4, 3, 2), w: f64(4, 1, 2, 3), bias: f64(2) },
    { x: 1, w: 1, bias: 1 },
    (t) => convTranspose2d(t.x!, t.w!, { bias: t.bias!, stride: [2, 1], dilation: [1, 2], groups: 2, padding: 1 }),
  ),
  'maxPool2d, overlapping, padded': exact(x, { x: 1 }, (t) => maxPool2d(t.x!, { kernel: 3, stride: 2, padding: 1 }), {
    x: distinct,
  }),
  'maxPool2d, ceil, dilated, last ties': exact(
    x,
    { x: 1 },
    (t) => maxPool2d(t.x!, { kernel: 2, stride: 2, dilation: [2, 1], ceil: true, ties: 'last' }),
    { x: distinct },
  ),
  maxPool3d: exact({ x: f64(1, 1, 3, 4, 2) }, { x: 1 }, (t) => maxPool3d(t.x!, { kernel: [2, 2, 1] }), { x: distinct }),
  'avgPool1d, override': exact({ x: f64(1, 2, 7) }, { x: 1 }, (t) =>
    avgPool1d(t.x!, { kernel: 3, stride: 2, divisorOverride: 4 }),
  ),
  'avgPool2d, borders do not count': bounded(x, { x: 1 }, (t) =>
    avgPool2d(t.x!, { kernel: 3, stride: 2, padding: 1, countIncludePad: false, ceil: true }),
  ),
  adaptiveAvgPool2d: bounded(x, { x: 1 }, (t) => adaptiveAvgPool2d(t.x!, [3, 2])),
  'resize2d, linear ×2': exact({ x: f64(1, 2, 3, 2) }, { x: 1 }, (t) => resize2d(t.x!, { scale: 2, mode: 'linear' })),
  'resize2d, linear, align corners': bounded({ x: f64(1, 2, 3, 4) }, { x: 1 }, (t) =>
    resize2d(t.x!, { size: [5, 2], mode: 'linear', coordinates: 'align_corners' }),
  ),
  'resize2d, nearest': exact({ x: f64(1, 2, 3, 4) }, { x: 1 }, (t) =>
    resize2d(t.x!, { size: [5, 3], mode: 'nearest' }),
  ),
  upsample: exact({ x: f64(1, 2, 3, 2) }, { x: 1 }, (t) => upsample(t.x!, [2, 3])),
  ...Object.fromEntries(
    (['zero', 'constant', 'reflect', 'symmetric', 'replicate', 'circular'] as const).map((mode) => [
      `pad, ${mode}`,
      exact({ x: f64(3, 4) }, { x: 1 }, (t) =>
        pad(
          t.x!,
          [
            [2, -1],
            [1, 2],
          ],
          { mode, value: 3 },
        ),
      ),
    ]),
  ),
  'split and stack': exact({ x: f64(4, 3) }, { x: 1 }, (t) => stack(split(t.x!, 2, 0).toReversed(), 1)),
  squeeze: exact({ x: f64(2, 1, 3) }, { x: 1 }, (t) => squeeze(t.x!, 1)),
  max: exact({ x: f64(3, 4, 2) }, { x: 1 }, (t) => max(t.x!, { axes: [0, 2] }), { x: distinct }),
  'min, all axes': exact({ x: f64(3, 4) }, { x: 1 }, (t) => min(t.x!), { x: distinct }),
  relu: exact({ x: f64(7) }, { x: 1 }, (t) => relu(t.x!), { x: awayFromZero }),
  leakyRelu: exact({ x: f64(7) }, { x: 1 }, (t) => leakyRelu(t.x!, 0.25), { x: awayFromZero }),
  clip: exact({ x: f64(9) }, { x: 1 }, (t) => clip(t.x!, -1, 2), { x: { kind: 'between' } }),
  square: exact({ x: f64(5) }, { x: 2 }, (t) => square(t.x!)),
  mean: bounded({ x: f64(3, 5) }, { x: 1 }, (t) => mean(t.x!, { axes: 0 })),
  variance: bounded({ x: f64(3, 5) }, { x: 2 }, (t) => variance(t.x!, { axes: 1, correction: 1 })),
  mse: bounded({ x: f64(3, 2), target: f64(3, 2) }, { x: 2, target: 2 }, (t) => mse(t.x!, t.target!)),
  'nll, weighted': bounded(
    { ...logits, weights: f64(3) },
    { x: 1 },
    (t) => nll(t.x!, t.target!, { weights: t.weights!, ignoreIndex: 2 }),
    { target: classes, weights: positive },
  ),
  reciprocal: smooth({ x: f64(5) }, (t) => reciprocal(t.x!), { draw: { x: positive } }),
  sigmoid: smooth({ x: f64(7) }, (t) => sigmoid(t.x!)),
  silu: smooth({ x: f64(7) }, (t) => silu(t.x!)),
  softplus: smooth({ x: f64(7) }, (t) => softplus(t.x!)),
  elu: smooth({ x: f64(7) }, (t) => elu(t.x!, 1.5), { draw: { x: { kind: 'between', step: 2 } } }),
  gelu: smooth({ x: f64(7) }, (t) => gelu(t.x!)),
  'gelu by tanh': smooth({ x: f64(7) }, (t) => gelu(t.x!, { approximate: 'tanh' })),
  softmax: smooth({ x: f64(2, 4) }, (t) => softmax(t.x!, 1)),
  logSoftmax: smooth({ x: f64(3, 2) }, (t) => logSoftmax(t.x!, 0)),
  logSumExp: smooth({ x: f64(2, 4) }, (t) => logSumExp(t.x!, { axes: 1 })),
  crossEntropy: smooth(logits, (t) => crossEntropy(t.x!, t.target!), onTarget),
  'crossEntropy, weights, ignored class, smoothed labels': smooth(
    { ...logits, weights: f64(3) },
    (t) => crossEntropy(t.x!, t.target!, { weights: t.weights!, ignoreIndex: 1, labelSmoothing: 0.1 }),
    { ...onTarget, draw: { target: classes, weights: positive } },
  ),
  'crossEntropy, probabilities': smooth(
    { x: f64(2, 3, 2), target: f64(2, 3, 2) },
    (t) => crossEntropy(t.x!, t.target!),
    {
      draw: { target: positive },
      degree: { target: 1 },
      order: 2,
    },
  ),
  diceLoss: smooth(logits, (t) => diceLoss(t.x!, t.target!), onTarget),
  'diceLoss, ignored class': smooth(
    logits,
    (t) => diceLoss(t.x!, t.target!, { ignoreIndex: 0, classes: [1, 2] }),
    onTarget,
  ),
  'batchNorm, of the batch': smooth(
    { x: f64(3, 2, 2), gamma: f64(2), beta: f64(2) },
    (t) => batchNorm(t.x!, { gamma: t.gamma!, beta: t.beta! }),
    { degree: { gamma: 1, beta: 1 }, order: 2, condition: 16 },
  ),
  'batchNorm, running statistics': smooth(
    { x: f64(2, 2, 2), mean: f64(2), variance: f64(2) },
    (t) => batchNorm(t.x!, { mean: t.mean!, variance: t.variance! }),
    { draw: { variance: positive }, degree: { x: 1, mean: 1 }, order: 2 },
  ),
  checkpoint: smooth({ x: f64(3), w: f64(3) }, (t) =>
    checkpoint({ x: t.x!, w: t.w! }, ({ x, w }) => silu(mul(sigmoid(mul(x, w)), x))),
  ),
  'customVjp, its rule differentiated again': smooth({ x: f64(4) }, (t) =>
    customVjp(
      { x: t.x! },
      ({ x }) => softplus(x),
      ({ x, ct }) => ({ x: mul(ct, sigmoid(x)) }),
    ),
  ),
  'a small net, all of it': smooth(
    { x: f64(1, 1, 4, 4), w: f64(2, 1, 3, 3), v: f64(2, 3, 2, 2), target: i32(1, 4, 4) },
    (t) => {
      const down = avgPool2d(silu(conv2d(t.x!, t.w!, { padding: 1 })), { kernel: 2 });
      return crossEntropy(convTranspose2d(down, t.v!, { stride: 2 }), t.target!);
    },
    onTarget,
  ),
};
