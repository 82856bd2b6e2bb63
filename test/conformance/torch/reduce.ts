import type { Tensor } from '../../../src/graph/tensor.ts';
import {
  abs,
  add,
  argmax,
  batchNorm,
  crossEntropy,
  cumulativeSum,
  div,
  greater,
  logSoftmax,
  logSumExp,
  max,
  mean,
  min,
  mse,
  mul,
  neg,
  nll,
  pow,
  type Reduction,
  select,
  softmax,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  variance,
} from '../../../src/ops/index.ts';
import { type Adapter, type Attributes, unsupported } from './adapter.ts';

/** Reductions, normalisation and losses, by the names of PyTorch's vector files. */
export const reduce: { readonly [file: string]: Adapter } = {
  amax: ({ input }, attributes) => ({ output: max(input!, over(attributes)) }),
  amin: ({ input }, attributes) => ({ output: min(input!, over(attributes)) }),
  batch_norm: ({ input, weight, bias, running_mean, running_var }, { training, momentum, eps }) => {
    const x = input!;
    const output = batchNorm(x, {
      ...(weight === undefined ? {} : { gamma: weight }),
      ...(bias === undefined ? {} : { beta: bias }),
      ...(training ? {} : { mean: running_mean!, variance: running_var! }),
      epsilon: eps,
    });
    if (running_mean === undefined || running_var === undefined) return { output };
    if (!training) return { output, running_mean, running_var };
    const axes = x.shape.map((_, k) => k).filter((k) => k !== 1);
    const blend = (old: Tensor, now: Tensor): Tensor => add(mul(old, 1 - momentum), mul(now, momentum));
    return {
      output,
      running_mean: blend(running_mean, mean(x, { axes })),
      running_var: blend(running_var, variance(x, { axes, correction: 1 })),
    };
  },
  binary_cross_entropy_with_logits: ({ input, target, weight, pos_weight }, { reduction }) => {
    const positive = mul(target!, softplus(neg(input!)));
    const negative = mul(sub(1, target!), softplus(input!));
    const losses = add(pos_weight === undefined ? positive : mul(positive, pos_weight), negative);
    return { output: reduced(weight === undefined ? losses : mul(losses, weight), reduction) };
  },
  cross_entropy: ({ input, target, weight }, { ignore_index, reduction, label_smoothing }) => ({
    output: crossEntropy(input!, target!, {
      ...(weight === undefined ? {} : { weights: weight }),
      ...(target!.dtype === 'i32' ? { ignoreIndex: ignore_index } : {}),
      labelSmoothing: label_smoothing,
      reduction,
    }),
  }),
  cumsum: ({ input }, { dim }) => ({ output: cumulativeSum(input!, dim) }),
  huber_loss: ({ input, target }, { reduction, delta }) => ({
    output: reduced(huber(sub(input!, target!), delta), reduction),
  }),
  l1_loss: ({ input, target }, { reduction }) => ({ output: reduced(abs(sub(input!, target!)), reduction) }),
  layer_norm: ({ input, weight, bias }, { normalized_shape, eps }) => {
    const options = { axes: normalized_shape.map((_: number, k: number) => -1 - k), keepDims: true };
    const normal = div(sub(input!, mean(input!, options)), sqrt(add(variance(input!, options), eps)));
    return { output: add(mul(normal, weight!), bias!) };
  },
  log_softmax: ({ input }, { dim }) => ({ output: logSoftmax(input!, dim) }),
  logsumexp: ({ input }, attributes) => ({ output: logSumExp(input!, over(attributes)) }),
  max: extreme(max, (x) => x),
  mean: ({ input }, attributes) => ({ output: mean(input!, over(attributes)) }),
  min: extreme(min, neg),
  mse_loss: ({ input, target }, { reduction }) => ({ output: mse(input!, target!, { reduction }) }),
  nll_loss: ({ input, target, weight }, { ignore_index, reduction }) => ({
    output: nll(input!, target!, {
      ...(weight === undefined ? {} : { weights: weight }),
      ignoreIndex: ignore_index,
      reduction,
    }),
  }),
  norm: ({ input }, { p, ...attributes }) => {
    const size = abs(input!);
    if (p === 'Infinity') return { output: max(size, over(attributes)) };
    return { output: pow(sum(pow(size, p), over(attributes)), 1 / p) };
  },
  smooth_l1_loss: ({ input, target }, { reduction, beta }) => ({
    output: reduced(smooth(sub(input!, target!), beta), reduction),
  }),
  softmax: ({ input }, { dim }) => ({ output: softmax(input!, dim) }),
  std: ({ input }, attributes) => ({ output: sqrt(spread(input!, attributes)) }),
  sum: ({ input }, attributes) => ({ output: sum(input!, over(attributes)) }),
  var: ({ input }, attributes) => ({ output: spread(input!, attributes) }),
};

const over = ({ dim, keepdim }: Attributes) => ({ ...(dim === null ? {} : { axes: dim }), keepDims: keepdim });

const spread = (x: Tensor, attributes: Attributes): Tensor =>
  variance(x, { ...over(attributes), correction: attributes.unbiased ? 1 : 0 });

function extreme(f: typeof max, rising: (x: Tensor) => Tensor): Adapter {
  return ({ input }, attributes) => {
    const values = f(input!, over(attributes));
    if (attributes.dim === null) return { output: values };
    return { values, indices: argmax(rising(input!), attributes.dim, { keepDims: attributes.keepdim }) };
  };
}

const huber = (d: Tensor, delta: number): Tensor =>
  select(greater(abs(d), delta), mul(sub(abs(d), delta / 2), delta), mul(square(d), 0.5));

const smooth = (d: Tensor, beta: number): Tensor => (beta === 0 ? abs(d) : div(huber(d, beta), beta));

const reduced = (x: Tensor, reduction: Reduction): Tensor =>
  reduction === 'none' ? x : reduction === 'sum' ? sum(x) : reduction === 'mean' ? mean(x) : unsupported(reduction);
