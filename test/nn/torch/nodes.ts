import type { Tensor } from '../../../src/graph/tensor.ts';
import {
  abs,
  add,
  avgPool2d,
  batchNorm,
  concat,
  conv2d,
  convTranspose2d,
  crossEntropy,
  div,
  elu,
  erf,
  groupNorm,
  leakyRelu,
  lessEqual,
  matmul,
  max,
  maxPool2d,
  mean,
  mul,
  pad,
  pow,
  relu,
  reshape,
  resize2d,
  select,
  sigmoid,
  silu,
  slice,
  softmax,
  softplus,
  square,
  stack,
  sub,
  sum,
  tanh,
  transpose,
} from '../../../src/ops/index.ts';

/** Why a case cannot be run. */
export class Unsupported extends Error {}

type Pair = readonly [number, number];
type Float = Tensor<readonly number[], 'f64'>;
interface Arguments {
  readonly input: Float;
  readonly other: Float;
  readonly weight: Float;
  readonly bias: Float;
  readonly target: Tensor;
  readonly running_mean: Float;
  readonly running_var: Float;
  readonly list: readonly Float[];
}
// Which attributes a node has depends on its op; each entry reads only its own.
// biome-ignore lint/suspicious/noExplicitAny: vectors made elsewhere, one form per op
type Attributes = any;

/** PyTorch's functions as compositions of ours, by PyTorch's names. */
export const torchNodes: { readonly [op: string]: (tensors: Arguments, attributes: Attributes) => Float } = {
  add: ({ input, other }, { other: number }) => add(input, other ?? number),
  sub: ({ input, other }, { other: number }) => sub(input, other ?? number),
  mul: ({ input, other }, { other: number }) => mul(input, other ?? number),
  div: ({ input, other }, { other: number }) => div(input, other ?? number),
  square: ({ input }) => square(input),
  relu: ({ input }) => relu(input),
  leaky_relu: ({ input }, { negative_slope }) => leakyRelu(input, negative_slope),
  elu: ({ input }, { alpha }) => (alpha === 1 ? elu(input) : refuse(`elu with alpha ${alpha}`)),
  silu: ({ input }) => silu(input),
  tanh: ({ input }) => tanh(input),
  sigmoid: ({ input }) => sigmoid(input),
  gelu: ({ input }) => mul(mul(input, 0.5), add(erf(mul(input, Math.SQRT1_2)), 1)),
  mish: ({ input }) => mul(input, tanh(softplus(input))),
  softmax: ({ input }, { dim }) => softmax(input, dim),
  mean: ({ input }, { dim, keepdim }) => (dim === null ? mean(input) : mean(input, { axes: dim, keepDims: keepdim })),
  amax: ({ input }, { dim, keepdim }) => max(input, { axes: dim, keepDims: keepdim }),
  reshape: ({ input }, { shape }) => reshape(input, shape),
  permute: ({ input }, { dims }) => transpose(input, dims),
  matmul: ({ input, other }) => matmul(input, other),
  cat: ({ list }, { dim }) => concat(list, dim),
  narrow: ({ input }, { dim, start, length }) => narrow(input, dim, start, length),
  pad: ({ input }, { pad: flat, mode }) => pad(input, padding(input, flat), { mode }),
  conv2d: ({ input, weight, bias }, { stride, padding, dilation, groups }) =>
    conv2d(input, weight, { stride, padding, dilation, groups, ...(bias === undefined ? {} : { bias }) }),
  conv_transpose2d: ({ input, weight, bias }, { stride, padding, output_padding, dilation, groups }) =>
    convTranspose2d(input, weight, {
      stride,
      padding,
      outputPadding: output_padding,
      dilation,
      groups,
      ...(bias === undefined ? {} : { bias }),
    }),
  max_pool2d: ({ input }, { kernel_size, stride, padding, dilation, ceil_mode }) =>
    maxPool2d(input, { kernel: kernel_size, stride, padding, dilation, ceil: ceil_mode }),
  avg_pool2d: ({ input }, { kernel_size, stride, padding, ceil_mode, count_include_pad }) =>
    avgPool2d(input, {
      kernel: kernel_size,
      stride,
      padding,
      ceil: ceil_mode,
      countIncludePad: count_include_pad,
    }),
  adaptive_avg_pool2d: ({ input }, { output_size }) =>
    `${output_size}` === '1,1' ? mean(input, { axes: [2, 3], keepDims: true }) : refuse(`adaptive to ${output_size}`),
  interpolate: ({ input }, { size, mode, align_corners, antialias }) => {
    const linear = mode === 'bilinear';
    if (antialias || !(linear || mode === 'nearest')) refuse(`interpolate ${mode}${antialias ? ' antialias' : ''}`);
    const coordinates = !linear ? 'asymmetric' : align_corners ? 'align_corners' : 'half_pixel';
    return resize2d(input, { size, mode: linear ? 'linear' : 'nearest', coordinates });
  },
  batch_norm: ({ input, weight, bias, running_mean, running_var }, { training, eps }) =>
    batchNorm(input, {
      gamma: weight,
      beta: bias,
      epsilon: eps,
      ...(training ? {} : { mean: running_mean, variance: running_var }),
    }),
  group_norm: ({ input, weight, bias }, { num_groups, eps }) => normalised(input, num_groups, eps, weight, bias),
  instance_norm: ({ input, weight, bias, running_mean }, { eps }) =>
    running_mean === undefined
      ? normalised(input, input.shape[1]!, eps, weight, bias)
      : refuse('instance_norm with running statistics'),
  local_response_norm: ({ input }, { size, alpha, beta, k }) => {
    const channels = input.shape[1]!;
    const squares = pad(square(input), [
      [0, 0],
      [Math.floor(size / 2), Math.floor((size - 1) / 2)],
      [0, 0],
      [0, 0],
    ]);
    const window = Array.from({ length: size }, (_, i) => narrow(squares, 1, i, channels)).reduce(
      (a, b): Float => add(a, b),
    );
    return div(input, pow(add(mul(window, alpha / size), k), beta));
  },
  pixel_unshuffle: ({ input }, { downscale_factor: r }) => {
    const [n, c, h, w] = input.shape as [number, number, number, number];
    const split = reshape(input, [n, c, h / r, r, w / r, r]);
    return reshape(transpose(split, [0, 1, 3, 5, 2, 4]), [n, c * r * r, h / r, w / r]);
  },
  unfold: ({ input }, { kernel_size: [kh, kw] }: { kernel_size: Pair }) => {
    const [n, c, h, w] = input.shape as [number, number, number, number];
    const shifted = taps(kh, kw).map(([i, j]) => narrow(narrow(input, 2, i, h - kh + 1), 3, j, w - kw + 1));
    return reshape(stack(shifted, 2), [n, c * kh * kw, (h - kh + 1) * (w - kw + 1)]);
  },
  fold: ({ input }, { kernel_size: [kh, kw], output_size: [h, w] }: { kernel_size: Pair; output_size: Pair }) => {
    const [n, rows] = input.shape as [number, number, number];
    const c = rows / (kh * kw);
    const split = reshape(input, [n, c, kh * kw, h - kh + 1, w - kw + 1]);
    return taps(kh, kw)
      .map(([i, j], k) => {
        const one = reshape(narrow(split, 2, k, 1), [n, c, h - kh + 1, w - kw + 1]);
        return pad(one, [
          [0, 0],
          [0, 0],
          [i, kh - 1 - i],
          [j, kw - 1 - j],
        ]);
      })
      .reduce((a, b) => add(a, b));
  },
  einsum: ({ list }, { equation }) => {
    const [a, b] = list as [Float, Float];
    if (equation === 'nci,ncj->nij') return matmul(transpose(a, [0, 2, 1]), b);
    if (equation !== 'nchw,ndhw->ncd') refuse(`einsum ${equation}`);
    const flat = (x: Float) => reshape(x, [x.shape[0]!, x.shape[1]!, -1]);
    return matmul(flat(a), transpose(flat(b), [0, 2, 1]));
  },
  mse_loss: ({ input, target }, { reduction }) => reduce(square(sub(input, target as Float)), reduction),
  huber_loss: ({ input, target }, { reduction, delta }) => reduce(huber(sub(input, target as Float), delta), reduction),
  smooth_l1_loss: ({ input, target }, { reduction, beta }) =>
    reduce(div(huber(sub(input, target as Float), beta), beta), reduction),
  cross_entropy: ({ input, target, weight }, { ignore_index, reduction, label_smoothing }) =>
    crossEntropy(input, target, {
      ignoreIndex: ignore_index,
      reduction,
      labelSmoothing: label_smoothing,
      ...(weight === undefined ? {} : { weights: weight }),
    }),
};

function refuse(what: string): never {
  throw new Unsupported(what);
}

const normalised = (x: Float, groups: number, epsilon: number, gamma?: Float, beta?: Float): Float =>
  groupNorm(x, {
    groups,
    epsilon,
    ...(gamma === undefined ? {} : { gamma }),
    ...(beta === undefined ? {} : { beta }),
  });

function narrow(x: Float, axis: number, start: number, length: number): Float {
  const starts = x.shape.map((_, i) => (i === axis ? start : 0));
  return slice(x, { starts, limits: x.shape.map((size, i) => (i === axis ? start + length : size)) });
}

/** PyTorch counts padding from the last axis. */
const padding = (x: Float, flat: readonly number[]): Pair[] =>
  x.shape.map((_, axis) => {
    const at = 2 * (x.shape.length - 1 - axis);
    return [flat[at] ?? 0, flat[at + 1] ?? 0];
  });

const taps = (kh: number, kw: number): Pair[] =>
  Array.from({ length: kh * kw }, (_, k) => [Math.floor(k / kw), k % kw]);

const reduce = (x: Float, reduction: string): Float =>
  reduction === 'mean' ? mean(x) : reduction === 'sum' ? sum(x) : refuse(`reduction ${reduction}`);

const huber = (d: Float, delta: number): Float =>
  select(lessEqual(abs(d), delta), mul(square(d), 0.5), mul(sub(abs(d), delta / 2), delta));
