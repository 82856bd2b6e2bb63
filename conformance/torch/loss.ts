import {
  add,
  bce,
  bceWithLogits,
  crossEntropy,
  exp,
  expandDims,
  huberLoss,
  klDivergence,
  l1Loss,
  log,
  maximum,
  mean,
  mse,
  mul,
  neg,
  nll,
  pow,
  relu,
  sigmoidFocalLoss,
  smoothL1Loss,
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
  binary_cross_entropy: ({ input, target, weight }, { reduction }) => ({
    output: bce(input, target!, given({ weights: weight, reduction })),
  }),
  binary_cross_entropy_with_logits: ({ input, target, weight, pos_weight }, { reduction }) => ({
    output: bceWithLogits(input, target!, given({ weights: weight, positiveWeights: pos_weight, reduction })),
  }),
  cross_entropy: ({ input, target, weight }, { ignore_index, reduction = 'mean', label_smoothing }) => ({
    output: overClasses(input, target!, reduction, (x, t) =>
      crossEntropy(x, t, {
        ...given({ weights: weight, labelSmoothing: label_smoothing }),
        ...(t.dtype === 'i32' ? given({ ignoreIndex: ignore_index }) : {}),
        reduction,
      }),
    ),
  }),
  gaussian_nll_loss: ({ input, target, var: variance }, { full = false, eps = 1e-6, reduction = 'mean' }) => {
    const spread = maximum(variance!, eps);
    const losses = mul(add(log(spread), mul(square(sub(input, target!)), pow(spread, -1))), 0.5);
    return { output: reduced(full ? add(losses, 0.5 * Math.log(2 * Math.PI)) : losses, reduction) };
  },
  huber_loss: ({ input, target }, { reduction, delta }) => ({
    output: huberLoss(input, target!, given({ delta, reduction })),
  }),
  kl_div: ({ input, target }, { reduction, log_target }) => ({
    output: klDivergence(input, target!, given({ logTarget: log_target, reduction })),
  }),
  l1_loss: ({ input, target }, { reduction }) => ({ output: l1Loss(input, target!, given({ reduction })) }),
  margin_ranking_loss: ({ input1, input2, target }, { margin = 0, reduction = 'mean' }) => ({
    output: reduced(relu(add(mul(neg(target!), sub(input1!, input2!)), margin)), reduction),
  }),
  mse_loss: ({ input, target }, { reduction }) => ({ output: mse(input, target!, given({ reduction })) }),
  nll_loss: ({ input, target, weight }, { ignore_index, reduction = 'mean' }) => ({
    output: overClasses(input, target!, reduction, (x, t) =>
      nll(x, t, { ...given({ weights: weight, ignoreIndex: ignore_index }), reduction }),
    ),
  }),
  poisson_nll_loss: ({ input, target }, { log_input = true, full = false, eps = 1e-8, reduction = 'mean' }) => {
    if (full) return unsupported('the Stirling term of poisson_nll_loss');
    const losses = log_input ? sub(exp(input), mul(target!, input)) : sub(input, mul(target!, log(add(input, eps))));
    return { output: reduced(losses, reduction) };
  },
  sigmoid_focal_loss: ({ inputs, targets, input, target }, { alpha, gamma, reduction = 'none' }) => ({
    output: sigmoidFocalLoss((inputs ?? input)!, (targets ?? target)!, { ...given({ alpha, gamma }), reduction }),
  }),
  smooth_l1_loss: ({ input, target }, { reduction, beta }) => ({
    output: smoothL1Loss(input, target!, given({ beta, reduction })),
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

const reduced = (x: Tensor, reduction: string): Tensor =>
  reduction === 'none' ? x : reduction === 'sum' ? sum(x) : mean(x);
