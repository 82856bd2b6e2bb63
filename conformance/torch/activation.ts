import {
  abs,
  add,
  clip,
  div,
  elu,
  gelu,
  greater,
  leakyRelu,
  logSoftmax,
  mul,
  neg,
  relu,
  reshape,
  select,
  sigmoid,
  silu,
  softmax,
  softplus,
  sub,
  tanh,
} from 'cotangent';
import { type Adapters, unary } from './adapter.ts';

/** Activations. */
export const activation: Adapters = {
  celu: ({ input }, { alpha }) => ({ output: mul(elu(div(input, alpha)), alpha) }),
  elu: ({ input }, { alpha }) => ({ output: elu(input, alpha) }),
  gelu: ({ input }, { approximate }) => ({ output: gelu(input, { approximate }) }),
  hardsigmoid: unary((x) => div(clip(add(x, 3), 0, 6), 6)),
  hardswish: unary((x) => mul(x, div(clip(add(x, 3), 0, 6), 6))),
  hardtanh: ({ input }, { min_val, max_val }) => ({ output: clip(input, min_val, max_val) }),
  leaky_relu: ({ input }, { negative_slope }) => ({ output: leakyRelu(input, negative_slope) }),
  log_softmax: ({ input }, { dim }) => ({ output: logSoftmax(input, dim) }),
  logsigmoid: unary((x) => neg(softplus(neg(x)))),
  mish: unary((x) => mul(x, tanh(softplus(x)))),
  prelu: ({ input, weight }) => {
    const slopes =
      weight!.shape.join() === '1' ? weight! : reshape(weight!, [-1, ...input.shape.slice(2).map(() => 1)]);
    return { output: select(greater(input, 0), input, mul(input, slopes)) };
  },
  relu: unary(relu),
  relu6: unary((x) => clip(x, 0, 6)),
  selu: unary((x) => mul(elu(x, 1.6732632423543772), 1.0507009873554805)),
  sigmoid: unary(sigmoid),
  silu: unary(silu),
  softmax: ({ input }, { dim }) => ({ output: softmax(input, dim) }),
  softmin: ({ input }, { dim }) => ({ output: softmax(neg(input), dim) }),
  softplus: ({ input }, { beta, threshold }) => {
    // PyTorch's is the identity beyond the threshold.
    const scaled = mul(input, beta);
    return { output: select(greater(scaled, threshold), input, div(softplus(scaled), beta)) };
  },
  softshrink: ({ input }, { lambd }) => ({ output: sub(input, clip(input, -lambd, lambd)) }),
  softsign: unary((x) => div(x, add(abs(x), 1))),
  tanhshrink: unary((x) => sub(x, tanh(x))),
};
