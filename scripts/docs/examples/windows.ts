import {
  adaptiveAvgPool2d,
  adaptiveMaxPool2d,
  adaptiveMaxPoolWithIndices,
  avgPool2d,
  avgUnpool2d,
  conv2d,
  convMatrix,
  convolve2d,
  convSize,
  convTranspose2d,
  convTransposeSize,
  correlate2d,
  deconvolve,
  depthwiseConv2d,
  effectiveKernel,
  f64,
  fftConv2d,
  filter2d,
  fold,
  fractionalMaxPool2d,
  globalPool,
  i32,
  kernels,
  learnablePool2d,
  lpPool2d,
  maxPool2d,
  maxPoolWithIndices,
  maxUnpool2d,
  pad,
  planeIndices,
  poolSize,
  rgbToGray,
  samePadding,
  separableConv2d,
  solveTransposed,
  spp,
  stampTables,
  transposedPadding,
  unfold,
  wholeIndices,
} from '../../../src/index.ts';
import type { Examples } from './example.ts';

/** Convolution, pooling, unpooling, patches and sizes. */
export const windows: Examples = {
  conv2d: (g) =>
    conv2d(g.input('x', f64(1, 2, 5, 5)), g.input('w', f64(3, 2, 3, 3)), {
      stride: 2,
      padding: [
        [1, 1],
        [0, 2],
      ],
    }),
  correlate2d: (g) => correlate2d(g.input('x', f64(1, 1, 5, 5)), g.input('w', f64(1, 1, 3, 3))),
  convolve2d: (g) => convolve2d(g.input('x', f64(1, 1, 4, 4)), g.input('w', f64(1, 1, 3, 3)), { padding: 'full' }),
  depthwiseConv2d: (g) =>
    depthwiseConv2d(g.input('x', f64(1, 2, 5, 5)), g.input('w', f64(4, 1, 3, 3)), { dilation: 2 }),
  separableConv2d: (g) =>
    separableConv2d(
      g.input('x', f64(1, 2, 5, 5)),
      g.input('depthwise', f64(2, 1, 3, 3)),
      g.input('pointwise', f64(4, 2, 1, 1)),
      { padding: 1 },
    ),
  convTranspose2d: (g) =>
    convTranspose2d(g.input('x', f64(1, 2, 3, 3)), g.input('w', f64(2, 1, 4, 4)), { stride: 2, padding: 1 }),
  fftConv2d: (g) =>
    fftConv2d(g.input('x', f64(1, 1, 5, 5)), g.input('w', f64(1, 1, 3, 3)), { padding: 1, algorithm: 'fft' }),
  deconvolve: (g) => deconvolve(g.input('y', f64(1, 1, 6)), g.input('w', f64(1, 1, 3)), { padding: 2, iterations: 2 }),
  rgbToGray: (g) => rgbToGray(g.input('x', f64(1, 3, 2, 2))),
  filter2d: (g) => filter2d(g.input('x', f64(1, 1, 5, 5)), kernels.sharpen),
  pad: (g) =>
    pad(
      g.input('x', f64(1, 1, 3, 3)),
      [
        [0, 0],
        [0, 0],
        [1, 1],
        [2, -1],
      ],
      { mode: 'reflect' },
    ),
  maxPool2d: (g) => maxPool2d(g.input('x', f64(1, 1, 5, 5)), { kernel: 3, stride: 2, padding: 1 }),
  maxPoolWithIndices: (g) => maxPoolWithIndices(g.input('x', f64(1, 1, 4, 4)), { kernel: 2 }),
  avgPool2d: (g) =>
    avgPool2d(g.input('x', f64(1, 1, 5, 5)), { kernel: 3, stride: 2, padding: 1, countIncludePad: false }),
  lpPool2d: (g) => lpPool2d(g.input('x', f64(1, 1, 4, 4)), { kernel: 2, p: 3 }),
  learnablePool2d: (g) =>
    learnablePool2d(g.input('x', f64(1, 2, 4, 4)), g.input('w', f64(2, 1, 2, 2)), { constraint: 'softmax' }),
  fractionalMaxPool2d: (g) =>
    fractionalMaxPool2d(g.input('x', f64(1, 1, 7, 7)), { kernel: 2, size: 4, samples: g.input('u', f64(1, 1, 2)) }),
  adaptiveAvgPool2d: (g) => adaptiveAvgPool2d(g.input('x', f64(1, 1, 5, 7)), [3, 3]),
  adaptiveMaxPool2d: (g) => adaptiveMaxPool2d(g.input('x', f64(1, 1, 5, 7)), [3, 3]),
  adaptiveMaxPoolWithIndices: (g) => adaptiveMaxPoolWithIndices(g.input('x', f64(1, 1, 5, 7)), [3, 3]),
  globalPool: (g) => globalPool(g.input('x', f64(2, 3, 4, 4)), { kind: 'logSumExp', sharpness: 2 }),
  spp: (g) => spp(g.input('x', f64(1, 2, 7, 9)), [1, 2, 3, 6]),
  maxUnpool2d: (g) =>
    maxUnpool2d(g.input('y', f64(1, 1, 2, 2)), g.input('indices', i32(1, 1, 2, 2)), { kernel: 2, onDuplicate: 'last' }),
  avgUnpool2d: (g) => avgUnpool2d(g.input('y', f64(1, 1, 2, 2)), { kernel: 2, mode: 'adjoint' }),
  planeIndices: (g) => planeIndices(g.input('indices', i32(2, 3, 2, 2)), { plane: [4, 4] }),
  wholeIndices: (g) => wholeIndices(g.input('indices', i32(2, 3, 2, 2)), { plane: [4, 4] }),
  unfold: (g) => unfold(g.input('x', f64(1, 2, 4, 5)), { kernel: 2, stride: [2, 1] }),
  fold: (g) => fold(g.input('patches', f64(1, 8, 8)), { size: [4, 5], kernel: 2, stride: [2, 1], overlap: 'mean' }),
  convMatrix: () => convMatrix({ size: [2, 2], kernel: [2, 2] }),
  stampTables: () => stampTables(convMatrix({ size: [2, 2], kernel: [2, 2] })),
  convSize: () => convSize({ length: 7, kernel: 3, stride: 2, padding: 1, dilation: 2 }),
  convTransposeSize: () => convTransposeSize({ length: 4, kernel: 3, stride: 2, padding: 1, outputPadding: 1 }),
  effectiveKernel: () => effectiveKernel(3, 4),
  poolSize: () => poolSize({ length: 7, kernel: 2, stride: 2, ceil: true }),
  samePadding: () => samePadding({ length: 7, kernel: 4, stride: 2 }),
  solveTransposed: () => solveTransposed({ length: 4, kernel: 3, stride: 2, size: 8 }),
  transposedPadding: () => transposedPadding({ length: 4, kernel: 4, stride: 2, size: 8 }),
};
