import type { OpTable } from '../graph/op.ts';
import { constantOp } from './constant/constant.ts';
import { fullOp } from './constant/full.ts';
import { iotaOp } from './constant/iota.ts';
import { barrierOp } from './control/barrier.ts';
import { customVjpOp } from './control/custom-vjp.ts';
import { stopGradientOp } from './control/stop-gradient.ts';
import { withinOp } from './control/within.ts';
import { matmulOp } from './linear/matmul.ts';
import { absOp } from './pointwise/abs.ts';
import { addOp } from './pointwise/add.ts';
import { andOp } from './pointwise/and.ts';
import { atanOp } from './pointwise/atan.ts';
import { castOp } from './pointwise/cast.ts';
import { ceilOp } from './pointwise/ceil.ts';
import { compareOp } from './pointwise/compare.ts';
import { cosOp } from './pointwise/cos.ts';
import { divOp } from './pointwise/div.ts';
import { erfOp } from './pointwise/erf.ts';
import { expOp } from './pointwise/exp.ts';
import { expm1Op } from './pointwise/expm1.ts';
import { floorOp } from './pointwise/floor.ts';
import { fmodOp } from './pointwise/fmod.ts';
import { logOp } from './pointwise/log.ts';
import { log1pOp } from './pointwise/log1p.ts';
import { maximumOp } from './pointwise/maximum.ts';
import { minimumOp } from './pointwise/minimum.ts';
import { mulOp } from './pointwise/mul.ts';
import { negOp } from './pointwise/neg.ts';
import { notOp } from './pointwise/not.ts';
import { orOp } from './pointwise/or.ts';
import { powOp } from './pointwise/pow.ts';
import { roundOp } from './pointwise/round.ts';
import { selectOp } from './pointwise/select.ts';
import { signOp } from './pointwise/sign.ts';
import { sinOp } from './pointwise/sin.ts';
import { sqrtOp } from './pointwise/sqrt.ts';
import { subOp } from './pointwise/sub.ts';
import { tanhOp } from './pointwise/tanh.ts';
import { randomOp } from './random/random.ts';
import { argmaxOp } from './reduce/argmax.ts';
import { argsortOp } from './reduce/argsort.ts';
import { cumulativeSumOp } from './reduce/cumulative-sum.ts';
import { sumOp } from './reduce/sum.ts';
import { broadcastOp } from './shape/broadcast.ts';
import { concatOp } from './shape/concat.ts';
import { flipOp } from './shape/flip.ts';
import { padOp } from './shape/pad-op.ts';
import { reshapeOp } from './shape/reshape.ts';
import { sliceOp } from './shape/slice.ts';
import { transposeOp } from './shape/transpose.ts';
import { dftOp } from './spectral/dft.ts';
import { sampleOp } from './warp/sample.ts';
import { splatOp } from './warp/splat.ts';
import { argmaxBoxOp } from './window/argmax-box.ts';
import { argmaxWindowOp } from './window/argmax-window.ts';
import { convOp } from './window/conv.ts';
import { gatherOp } from './window/gather.ts';
import { keepOneOp } from './window/keep-one.ts';
import { linearWindowsOp } from './window/linear-windows.ts';
import { scatterOp } from './window/scatter.ts';

/** The shipped operators by name. Extend it by spreading: `{ ...ops, mine }`. */
export const ops: OpTable = {
  abs: absOp,
  add: addOp,
  and: andOp,
  argmax: argmaxOp,
  argmaxBox: argmaxBoxOp,
  argmaxWindow: argmaxWindowOp,
  argsort: argsortOp,
  atan: atanOp,
  barrier: barrierOp,
  broadcast: broadcastOp,
  cast: castOp,
  ceil: ceilOp,
  compare: compareOp,
  concat: concatOp,
  constant: constantOp,
  conv: convOp,
  cos: cosOp,
  cumulativeSum: cumulativeSumOp,
  customVjp: customVjpOp,
  dft: dftOp,
  div: divOp,
  erf: erfOp,
  exp: expOp,
  expm1: expm1Op,
  flip: flipOp,
  floor: floorOp,
  fmod: fmodOp,
  full: fullOp,
  gather: gatherOp,
  iota: iotaOp,
  keepOne: keepOneOp,
  linearWindows: linearWindowsOp,
  log: logOp,
  log1p: log1pOp,
  matmul: matmulOp,
  maximum: maximumOp,
  minimum: minimumOp,
  mul: mulOp,
  neg: negOp,
  not: notOp,
  or: orOp,
  pad: padOp,
  pow: powOp,
  random: randomOp,
  reshape: reshapeOp,
  round: roundOp,
  sample: sampleOp,
  scatter: scatterOp,
  select: selectOp,
  sign: signOp,
  sin: sinOp,
  slice: sliceOp,
  splat: splatOp,
  sqrt: sqrtOp,
  stopGradient: stopGradientOp,
  sub: subOp,
  sum: sumOp,
  tanh: tanhOp,
  transpose: transposeOp,
  within: withinOp,
};

export * from './composite/activation/index.ts';
export { adaptiveAvgPool1d } from './composite/adaptive-avg-pool1d.ts';
export { adaptiveAvgPool2d } from './composite/adaptive-avg-pool2d.ts';
export { adaptiveAvgPool3d } from './composite/adaptive-avg-pool3d.ts';
export type { AvgPoolOptions } from './composite/avg-pool-nd.ts';
export { avgPool1d } from './composite/avg-pool1d.ts';
export { avgPool2d } from './composite/avg-pool2d.ts';
export { avgPool3d } from './composite/avg-pool3d.ts';
export { type AntialiasOptions, antialiasDownsample } from './composite/blur/antialias-downsample.ts';
export { type AntialiasResponse, antialiasResponse } from './composite/blur/antialias-response.ts';
export type { AntialiasRule } from './composite/blur/antialias-rule.ts';
export { type BlurPoolOptions, blurPool } from './composite/blur/blur-pool.ts';
export type { BlurPadding } from './composite/blur/filter-axes.ts';
export { type GaussianBlurOptions, gaussianBlur } from './composite/blur/gaussian-blur.ts';
export type { GaussianSize } from './composite/blur/gaussian-taps.ts';
export { clip } from './composite/clip.ts';
export type { ConvOptions } from './composite/conv-nd.ts';
export type { ConvTransposeOptions } from './composite/conv-transpose-nd.ts';
export { convTranspose1d } from './composite/conv-transpose1d.ts';
export { convTranspose2d } from './composite/conv-transpose2d.ts';
export { convTranspose3d } from './composite/conv-transpose3d.ts';
export { conv1d } from './composite/conv1d.ts';
export { conv2d } from './composite/conv2d.ts';
export { conv3d } from './composite/conv3d.ts';
export { convolve1d } from './composite/convolution/convolve1d.ts';
export { convolve2d } from './composite/convolution/convolve2d.ts';
export { convolve3d } from './composite/convolution/convolve3d.ts';
export { correlate1d, correlate2d, correlate3d } from './composite/convolution/correlate.ts';
export type { DepthwiseConvOptions } from './composite/convolution/depthwise-conv-nd.ts';
export { depthwiseConv1d } from './composite/convolution/depthwise-conv1d.ts';
export { depthwiseConv2d } from './composite/convolution/depthwise-conv2d.ts';
export { depthwiseConv3d } from './composite/convolution/depthwise-conv3d.ts';
export type { SeparableConvOptions } from './composite/convolution/separable-conv-nd.ts';
export { separableConv1d } from './composite/convolution/separable-conv1d.ts';
export { separableConv2d } from './composite/convolution/separable-conv2d.ts';
export { separableConv3d } from './composite/convolution/separable-conv3d.ts';
export * from './composite/deconvolution/index.ts';
export { expandDims } from './composite/expand-dims.ts';
export { type ExtremeOfFunction, maximumOf, minimumOf } from './composite/extreme-of.ts';
export * from './composite/indexing/index.ts';
export { type FilterOptions, filter2d } from './composite/kernels/filter2d.ts';
export { type Kernel, kernels } from './composite/kernels/kernels.ts';
export { type GrayWeights, rgbToGray } from './composite/kernels/rgb-to-gray.ts';
export * from './composite/linear/index.ts';
export * from './composite/loss/index.ts';
export type { MaxPoolOptions, Pooled, Ties } from './composite/max-pool-nd.ts';
export { maxPoolWithIndices } from './composite/max-pool-with-indices.ts';
export { maxPool1d } from './composite/max-pool1d.ts';
export { maxPool2d } from './composite/max-pool2d.ts';
export { maxPool3d } from './composite/max-pool3d.ts';
export { mod } from './composite/mod.ts';
export * from './composite/movement/index.ts';
export * from './composite/norm/index.ts';
export { oneHot } from './composite/one-hot.ts';
export { type PadMode, type PadOptions, pad } from './composite/pad.ts';
export type { PaddingOption, Paddings, Pair } from './composite/padding.ts';
export { type FoldOptions, fold } from './composite/patches/fold.ts';
export { type UnfoldOptions, unfold } from './composite/patches/unfold.ts';
export type { PerAxis } from './composite/per-axis.ts';
export type { PoolOptions } from './composite/pool-axes.ts';
export type { AdaptiveMaxPoolOptions } from './composite/pooling/adaptive-max-pool-nd.ts';
export { adaptiveMaxPoolWithIndices } from './composite/pooling/adaptive-max-pool-with-indices.ts';
export { adaptiveMaxPool1d } from './composite/pooling/adaptive-max-pool1d.ts';
export { adaptiveMaxPool2d } from './composite/pooling/adaptive-max-pool2d.ts';
export { adaptiveMaxPool3d } from './composite/pooling/adaptive-max-pool3d.ts';
export type { FractionalMaxPoolOptions } from './composite/pooling/fractional-max-pool-nd.ts';
export { fractionalMaxPool2d } from './composite/pooling/fractional-max-pool2d.ts';
export { fractionalMaxPool3d } from './composite/pooling/fractional-max-pool3d.ts';
export { type GlobalPoolOptions, globalPool } from './composite/pooling/global-pool.ts';
export type { LearnablePoolOptions } from './composite/pooling/learnable-pool-nd.ts';
export { learnablePool1d } from './composite/pooling/learnable-pool1d.ts';
export { learnablePool2d } from './composite/pooling/learnable-pool2d.ts';
export { learnablePool3d } from './composite/pooling/learnable-pool3d.ts';
export type { LpPoolNorm } from './composite/pooling/lp-pool-nd.ts';
export { lpPool1d } from './composite/pooling/lp-pool1d.ts';
export { lpPool2d } from './composite/pooling/lp-pool2d.ts';
export { lpPool3d } from './composite/pooling/lp-pool3d.ts';
export { type SppOptions, spp } from './composite/pooling/spp.ts';
export * from './composite/random/index.ts';
export { reciprocal } from './composite/reciprocal.ts';
export * from './composite/reduce/index.ts';
export type { RegionOptions } from './composite/regions/boxes.ts';
export { psRoiAlign } from './composite/regions/ps-roi-align.ts';
export { psRoiPool } from './composite/regions/ps-roi-pool.ts';
export { type RoiAlignOptions, roiAlign } from './composite/regions/roi-align.ts';
export { roiPool } from './composite/regions/roi-pool.ts';
export type { Pooling } from './composite/regions/sampled-axis.ts';
export type { SamplingOptions } from './composite/regions/sampling.ts';
export { resize } from './composite/resize/resize.ts';
export type { Rounding } from './composite/resize/resize-filter.ts';
export type { ResizeMode } from './composite/resize/resize-mode.ts';
export type { KeepAspect, ResizeOptions } from './composite/resize/resize-options.ts';
export type { Coordinates, Region } from './composite/resize/resize-positions.ts';
export { resize1d } from './composite/resize/resize1d.ts';
export { resize2d } from './composite/resize/resize2d.ts';
export { resize3d } from './composite/resize/resize3d.ts';
export { upsample } from './composite/resize/upsample.ts';
export { depthToSpace } from './composite/shuffle/depth-to-space.ts';
export type { BlockOptions } from './composite/shuffle/move-blocks.ts';
export { pixelShuffle } from './composite/shuffle/pixel-shuffle.ts';
export { pixelUnshuffle } from './composite/shuffle/pixel-unshuffle.ts';
export type { ShuffleOrder } from './composite/shuffle/shuffle-order.ts';
export { spaceToDepth } from './composite/shuffle/space-to-depth.ts';
export type { Complex } from './composite/spectral/complex.ts';
export { type ConvCost, defaultConvCost } from './composite/spectral/conv-cost.ts';
export { type FftOptions, fft, ifft } from './composite/spectral/fft.ts';
export type { FftConvChoice } from './composite/spectral/fft-conv-nd.ts';
export { fftConv1d } from './composite/spectral/fft-conv1d.ts';
export { fftConv2d } from './composite/spectral/fft-conv2d.ts';
export { type AxisPair, type Fft2Options, fft2, ifft2 } from './composite/spectral/fft2.ts';
export type { FourierNorm } from './composite/spectral/fourier-norm.ts';
export { irfft, rfft } from './composite/spectral/rfft.ts';
export { irfft2, rfft2 } from './composite/spectral/rfft2.ts';
export { split } from './composite/split.ts';
export { square } from './composite/square.ts';
export { squeeze } from './composite/squeeze.ts';
export { stack } from './composite/stack.ts';
export { type ConvMatrix, type ConvMatrixOptions, convMatrix } from './composite/transposed/conv-matrix.ts';
export { stampTables } from './composite/transposed/stamp-tables.ts';
export * from './composite/trigonometry/index.ts';
export type { Spread } from './composite/unpooling/avg-unpool-nd.ts';
export { avgUnpool1d } from './composite/unpooling/avg-unpool1d.ts';
export { avgUnpool2d } from './composite/unpooling/avg-unpool2d.ts';
export { avgUnpool3d } from './composite/unpooling/avg-unpool3d.ts';
export type { MaxUnpoolOptions } from './composite/unpooling/max-unpool-nd.ts';
export { maxUnpool1d } from './composite/unpooling/max-unpool1d.ts';
export { maxUnpool2d } from './composite/unpooling/max-unpool2d.ts';
export { maxUnpool3d } from './composite/unpooling/max-unpool3d.ts';
export { type PlaneIndicesOptions, planeIndices, wholeIndices } from './composite/unpooling/plane-indices.ts';
export type { UnpoolOptions } from './composite/unpooling/unpooled-sizes.ts';
export { type AffineGridOptions, affineGrid } from './composite/warp/affine-grid.ts';
export { type DeformConvOptions, deformConv2d } from './composite/warp/deform-conv2d.ts';
export { type GridSampleOptions, gridSample } from './composite/warp/grid-sample.ts';
export { constant } from './constant/constant.ts';
export { full } from './constant/full.ts';
export { iota } from './constant/iota.ts';
export { barrier } from './control/barrier.ts';
export { stopGradient } from './control/stop-gradient.ts';
export { type WithinAttributes, within } from './control/within.ts';
export { defineOp } from './define.ts';
export { matmul } from './linear/matmul.ts';
export * from './pointwise/index.ts';
export { type Preset, type PresetName, preset } from './preset.ts';
export { type RandomOptions, random } from './random/random.ts';
export { randomNormal } from './random/random-normal.ts';
export * from './reduce/index.ts';
export * from './shape/index.ts';
export { type ConvSizeOptions, convSize } from './size/conv-size.ts';
export { type ConvTransposeSizeOptions, convTransposeSize } from './size/conv-transpose-size.ts';
export { effectiveKernel } from './size/effective-kernel.ts';
export { type PoolSizeOptions, poolSize } from './size/pool-size.ts';
export { type SamePaddingOptions, samePadding } from './size/same-padding.ts';
export { type SolveTransposedOptions, solveTransposed, type TransposedSolution } from './size/solve-transposed.ts';
export { type TransposedPaddingOptions, transposedPadding } from './size/transposed-padding.ts';
export type { AxisPadding, WalkedAxis } from './size/walked-axis.ts';
export { type DftAttributes, dft } from './spectral/dft.ts';
export { accumulate, basisLike, onesLike, zerosLike } from './vector-space.ts';
export type { Interpolation } from './warp/interpolation.ts';
export type { Outside } from './warp/outside.ts';
export { type SampleAttributes, type SampleAxis, sample } from './warp/sample.ts';
export { type SplatAttributes, splat } from './warp/splat.ts';
export { argmaxBox } from './window/argmax-box.ts';
export { argmaxWindow } from './window/argmax-window.ts';
export { type ConvAttributes, type ConvAxis, conv } from './window/conv.ts';
export { gather } from './window/gather.ts';
export { keepOne, type Sharing } from './window/keep-one.ts';
export { linearWindows } from './window/linear-windows.ts';
export { scatter } from './window/scatter.ts';
export type { Row } from './window/weight-table.ts';
