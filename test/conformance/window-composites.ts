import type { FunctionOptions } from '../../src/check/index.ts';
import type { Draw } from '../../src/graph/op.ts';
import type { Tensor } from '../../src/graph/tensor.ts';
import { f64, i32 } from '../../src/graph/type.ts';
import {
  adaptiveAvgPool3d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
  avgPool2d,
  avgPool3d,
  avgUnpool1d,
  avgUnpool2d,
  convolve2d,
  convTranspose2d,
  convTranspose3d,
  depthwiseConv2d,
  filter2d,
  fold,
  fractionalMaxPool2d,
  globalPool,
  kernels,
  learnablePool2d,
  lpPool1d,
  lpPool2d,
  maxPool1d,
  maxPool2d,
  maxUnpool2d,
  maxUnpool3d,
  separableConv2d,
  spp,
  unfold,
} from '../../src/ops/index.ts';
import type { Composite } from './composites.ts';

type Build = Composite['f'];
type Degree = FunctionOptions['degree'] & object;
const proof = (types: Composite['types'], f: Build, rest: Omit<Composite, 'types' | 'f'> = {}): Composite => ({
  types,
  f,
  order: 3,
  ...rest,
});
/** Piecewise polynomial with dyadic constants: equality is asked. */
const exact = (types: Composite['types'], degree: Degree, f: Build, draw?: Composite['draw']): Composite =>
  proof(types, f, { degree, dyadic: true, ...(draw === undefined ? {} : { draw }) });
/** Piecewise polynomial with other constants. */
const bounded = (types: Composite['types'], degree: Degree, f: Build, draw?: Composite['draw']): Composite =>
  proof(types, f, { degree, ...(draw === undefined ? {} : { draw }) });

const x = { x: f64(1, 2, 5, 4) };
const distinct: Draw = { kind: 'distinct' };
const positive: Draw = { kind: 'range', low: 0.5, high: 3 };
const both = { x: 1, w: 1 };
const places = (high: number): Draw => ({ kind: 'integers', low: -1, high });
const indices = (t: Tensor): Tensor<readonly number[], 'i32'> => t as Tensor<readonly number[], 'i32'>;

/** Pooling, unpooling, patches and convolutions beyond the plain ones. */
export const windowComposites: { readonly [name: string]: Composite } = {
  'convolve2d, full': exact({ x: f64(1, 2, 3, 4), w: f64(2, 2, 3, 2) }, both, (t) =>
    convolve2d(t.x!, t.w!, { padding: 'full', dilation: [1, 2] }),
  ),
  depthwiseConv2d: exact({ ...x, w: f64(4, 1, 3, 2), bias: f64(4) }, { ...both, bias: 1 }, (t) =>
    depthwiseConv2d(t.x!, t.w!, { stride: [2, 1], padding: 'same-lower', bias: t.bias! }),
  ),
  ...Object.fromEntries(
    [false, true].map((fused) => [
      `separableConv2d, ${fused ? 'fused' : 'in two'}`,
      exact(
        { x: f64(1, 2, 3, 4), depthwise: f64(4, 1, 2, 3), pointwise: f64(2, 4, 1, 1) },
        { x: 1, depthwise: 1, pointwise: 1 },
        (t) => separableConv2d(t.x!, t.depthwise!, t.pointwise!, { fused, padding: [0, 1] }),
      ),
    ]),
  ),
  filter2d: bounded(x, { x: 1 }, (t) => filter2d(t.x!, kernels.box, { paddingMode: 'replicate' })),
  ...Object.fromEntries(
    (['matrix', 'stamps'] as const).map((method) => [
      `convTranspose2d by ${method}`,
      exact({ x: f64(1, 4, 2, 3), w: f64(4, 1, 3, 2) }, both, (t) =>
        convTranspose2d(t.x!, t.w!, {
          method,
          groups: 2,
          stride: [2, 3],
          dilation: [1, 2],
          padding: [1, [0, -1]],
          outputPadding: [1, 2],
        }),
      ),
    ]),
  ),
  'convTranspose3d by stamps, their mean': bounded({ x: f64(1, 1, 2, 1, 2), w: f64(1, 2, 2, 2, 3) }, both, (t) =>
    convTranspose3d(t.x!, t.w!, { method: 'stamps', overlap: 'mean' }),
  ),
  'maxPool2d, ties shared': bounded(
    x,
    { x: 1 },
    (t) => maxPool2d(t.x!, { kernel: 3, stride: 2, padding: 1, ties: 'split' }),
    { x: distinct },
  ),
  'maxPool1d, holes, padding alone, cut off': exact(
    { x: f64(1, 2, 7) },
    { x: 1 },
    (t) => maxPool1d(t.x!, { kernel: 2, stride: 3, padding: [[-1, 6]] }),
    { x: distinct },
  ),
  'avgPool2d, dilated, same-upper': exact(x, { x: 1 }, (t) =>
    avgPool2d(t.x!, { kernel: 2, dilation: [2, 1], stride: [1, 3], padding: 'same-upper' }),
  ),
  'avgPool3d, ceil, borders do not count': bounded({ x: f64(1, 1, 3, 4, 2) }, { x: 1 }, (t) =>
    avgPool3d(t.x!, { kernel: [2, 3, 2], padding: [0, 1, 1], ceil: true, countIncludePad: false }),
  ),
  adaptiveAvgPool3d: bounded({ x: f64(1, 1, 3, 4, 2) }, { x: 1 }, (t) => adaptiveAvgPool3d(t.x!, [2, 3, 1])),
  adaptiveMaxPool1d: exact({ x: f64(2, 1, 7) }, { x: 1 }, (t) => adaptiveMaxPool1d(t.x!, 3), { x: distinct }),
  'adaptiveMaxPool2d, ties shared': bounded(x, { x: 1 }, (t) => adaptiveMaxPool2d(t.x!, [3, 2], { ties: 'split' }), {
    x: distinct,
  }),
  fractionalMaxPool2d: proof(
    { ...x, samples: f64(1, 2, 2) },
    (t) => fractionalMaxPool2d(t.x!, { kernel: 2, size: [3, 2], samples: t.samples! }).values,
    // Samples only choose windows; drawn where none of them moves.
    {
      degree: { x: 1, samples: 0 },
      dyadic: true,
      draw: { x: distinct, samples: { kind: 'range', low: 0.4, high: 0.45 } },
    },
  ),
  'lpPool2d, p = 1': exact(x, { x: 1 }, (t) => lpPool2d(t.x!, { kernel: 2, padding: 1, p: 1 }), {
    x: { kind: 'between', step: 4 },
  }),
  ...Object.fromEntries(
    [0.5, 1.5, 2, 3, 3.5].map((p) => [
      `lpPool1d, p = ${p}`,
      proof({ x: f64(1, 2, 6) }, (t) => lpPool1d(t.x!, { kernel: 3, stride: 2, padding: 1, ceil: true, p }), {
        draw: { x: positive },
        order: 2,
      }),
    ]),
  ),
  'lpPool2d, PyTorch’s, ceil': proof(
    { x: f64(1, 1, 3, 5) },
    (t) => lpPool2d(t.x!, { kernel: 2, ceil: true, p: 3, convention: 'torch' }),
    { draw: { x: positive }, order: 2 },
  ),
  'lpPool2d, p = ∞': exact(x, { x: 1 }, (t) => lpPool2d(t.x!, { kernel: [2, 3], p: Number.POSITIVE_INFINITY }), {
    x: { kind: 'distinct', offset: 1 / 2 },
  }),
  'globalPool, avg': bounded(x, { x: 1 }, (t) => globalPool(t.x!, { kind: 'avg' })),
  'globalPool, max': exact(x, { x: 1 }, (t) => globalPool(t.x!, { kind: 'max' }), { x: distinct }),
  'globalPool, lp': proof(x, (t) => globalPool(t.x!, { kind: 'lp', p: 2.5 }), { draw: { x: positive }, order: 2 }),
  'globalPool, log-sum-exp': proof(x, (t) => globalPool(t.x!, { kind: 'logSumExp', sharpness: 2 }), {
    draw: { x: { kind: 'range', low: -2, high: 2 } },
    order: 2,
  }),
  ...Object.fromEntries(
    (['none', 'sum-one'] as const).map((constraint) => [
      `learnablePool2d, ${constraint}`,
      bounded({ ...x, w: f64(2, 1, 3, 2), bias: f64(2) }, { ...both, bias: 1 }, (t) =>
        learnablePool2d(t.x!, t.w!, { constraint, bias: t.bias!, padding: [1, 0] }),
      ),
    ]),
  ),
  'learnablePool2d, softmax, one kernel': proof(
    { ...x, w: f64(1, 1, 2, 2) },
    (t) => learnablePool2d(t.x!, t.w!, { constraint: 'softmax', stride: [2, 1] }),
    { degree: { x: 1 }, order: 2 },
  ),
  'spp of maxima': exact(x, { x: 1 }, (t) => spp(t.x!, [1, 2, 3]), { x: distinct }),
  'spp of means': bounded(x, { x: 1 }, (t) => spp(t.x!, [2, 3], { kind: 'avg' })),
  ...Object.fromEntries(
    (['sum', 'last', 'max'] as const).map((onDuplicate) => [
      `maxUnpool2d, duplicates: ${onDuplicate}`,
      exact(
        { y: f64(1, 2, 2, 3), at: i32(1, 2, 2, 3) },
        { y: 1 },
        (t) => maxUnpool2d(t.y!, indices(t.at!), { kernel: 2, stride: 1, onDuplicate }),
        { y: distinct, at: places(11) },
      ),
    ]),
  ),
  maxUnpool3d: exact(
    { y: f64(1, 1, 2, 1, 2), at: i32(1, 1, 2, 1, 2) },
    { y: 1 },
    (t) => maxUnpool3d(t.y!, indices(t.at!), { kernel: [1, 2, 2], outputSize: [2, 3, 4] }),
    { at: places(23) },
  ),
  'avgUnpool1d, copies overlap': bounded({ x: f64(1, 2, 4) }, { x: 1 }, (t) =>
    avgUnpool1d(t.x!, { kernel: 3, stride: 2, padding: 1, outputSize: 8 }),
  ),
  'avgUnpool2d, adjoint': bounded({ x: f64(1, 1, 2, 3) }, { x: 1 }, (t) =>
    avgUnpool2d(t.x!, { kernel: [3, 2], stride: 2, padding: 1, mode: 'adjoint', countIncludePad: false }),
  ),
  unfold: exact(x, { x: 1 }, (t) =>
    unfold(t.x!, { kernel: [3, 2], stride: [1, 2], dilation: [2, 1], padding: [[1, 2], 0] }),
  ),
  'fold, sums': exact({ x: f64(1, 12, 12) }, { x: 1 }, (t) =>
    fold(t.x!, { size: [4, 5], kernel: [2, 3], stride: [2, 1], padding: [1, [0, 1]] }),
  ),
  'fold, means, one axis': bounded({ x: f64(2, 6, 4) }, { x: 1 }, (t) =>
    fold(t.x!, { size: [6], kernel: 3, overlap: 'mean' }),
  ),
};
