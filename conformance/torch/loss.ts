import {
  abs,
  add,
  crossEntropy,
  div,
  exp,
  expandDims,
  greater,
  log,
  maximum,
  mean,
  mse,
  mul,
  neg,
  nll,
  select,
  softplus,
  square,
  squeeze,
  sub,
  sum,
  type Tensor,
} from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import { type Adapters, given } from './adapter.ts';

/** Losses. */
export const loss: Adapters = {
  binary_cross_entropy: ({ input: p, target, weight }, { reduction = 'mean' }) => {
    // PyTorch holds the logarithms above −100.
    const sure = (x: Tensor): Tensor => maximum(log(x), -100);
    const losses = neg(add(mul(target!, sure(p)), mul(sub(1, target!), sure(sub(1, p)))));
    return { output: reduced(weight === undefined ? losses : mul(losses, weight), reduction) };
  },
  binary_cross_entropy_with_logits: ({ input, target, weight, pos_weight }, { reduction = 'mean' }) => {
    const positive = mul(target!, softplus(neg(input)));
    const negative = mul(sub(1, target!), softplus(input));
    const losses = add(pos_weight === undefined ? positive : mul(positive, pos_weight), negative);
    return { output: reduced(weight === undefined ? losses : mul(losses, weight), reduction) };
  },
  cross_entropy: ({ input, target, weight }, { ignore_index, reduction = 'mean', label_smoothing = 0 }) => ({
    output: overClasses(input, target!, reduction, (x, t) =>
      crossEntropy(x, t, {
        ...given({ weights: weight }),
        ...(t.dtype === 'i32' ? given({ ignoreIndex: ignore_index }) : {}),
        labelSmoothing: label_smoothing,
        reduction,
      }),
    ),
  }),
  huber_loss: ({ input, target }, { reduction = 'mean', delta = 1 }) => ({
    output: reduced(huber(sub(input, target!), delta), reduction),
  }),
  kl_div: ({ input, target }, { reduction = 'mean', log_target = false }) => {
    if (log_target) return { output: reduced(mul(exp(target!), sub(target!, input)), reduction) };
    // 0 · ln 0 is 0.
    const logs = log(select(greater(target!, 0), target!, 1));
    return { output: reduced(mul(target!, sub(logs, input)), reduction) };
  },
  l1_loss: ({ input, target }, { reduction = 'mean' }) => ({ output: reduced(abs(sub(input, target!)), reduction) }),
  mse_loss: ({ input, target }, { reduction = 'mean' }) => ({ output: mse(input, target!, { reduction }) }),
  nll_loss: ({ input, target, weight }, { ignore_index, reduction = 'mean' }) => ({
    output: overClasses(input, target!, reduction, (x, t) =>
      nll(x, t, { ...given({ weights: weight, ignoreIndex: ignore_index }), reduction }),
    ),
  }),
  smooth_l1_loss: ({ input, target }, { reduction = 'mean', beta = 1 }) => ({
    output: reduced(smooth(sub(input, target!), beta), reduction),
  }),
  soft_margin_loss: ({ input, target }, { reduction = 'mean' }) => ({
    output: reduced(softplus(neg(mul(input, target!))), reduction),
  }),
};

/** A loss of [N, C, …]; scores [C] without a batch axis are a batch of one. */
function overClasses(input: Tensor, target: Tensor, reduction: string, f: (x: Tensor, t: Tensor) => Tensor): Tensor {
  if (input.shape.length > 1) return f(input, target);
  const y = f(expandDims(input, 0), expandDims(target, 0));
  return reduction === 'none' ? squeeze(y, [0]) : y;
}

const huber = (d: Tensor, delta: number): Tensor =>
  select(greater(abs(d), delta), mul(sub(abs(d), delta / 2), delta), mul(square(d), 0.5));

const smooth = (d: Tensor, beta: number): Tensor => (beta === 0 ? abs(d) : div(huber(d, beta), beta));

function reduced(x: Tensor, reduction: string): Tensor {
  switch (reduction) {
    case 'none':
      return x;
    case 'sum':
      return sum(x);
    case 'mean':
      return mean(x);
    case 'batchmean':
      return div(sum(x), x.shape[0] ?? 1);
    default:
      return unsupported(`reduction '${reduction}'`);
  }
}
