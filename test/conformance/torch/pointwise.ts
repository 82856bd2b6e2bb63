import type { Tensor } from '../../../src/graph/tensor.ts';
import {
  abs,
  add,
  clip,
  cos,
  div,
  elu,
  erf,
  exp,
  expm1,
  gelu,
  greater,
  leakyRelu,
  log,
  log1p,
  maximum,
  minimum,
  mul,
  neg,
  pow,
  reciprocal,
  relu,
  reshape,
  select,
  sigmoid,
  silu,
  sin,
  softplus,
  sqrt,
  square,
  sub,
  tanh,
} from '../../../src/ops/index.ts';
import { type Adapter, unsupported } from './adapter.ts';

const one =
  (f: (x: Tensor) => Tensor): Adapter =>
  ({ input }) => ({ output: f(input!) });

/** A number may stand for the second operand; then it is an attribute. */
const two =
  (f: (a: Tensor, b: Tensor | number) => Tensor): Adapter =>
  ({ input, other }, { other: number }) => ({ output: f(input!, other ?? number) });

/** Arithmetic and activations, by the names of PyTorch's vector files. */
export const pointwise: { readonly [file: string]: Adapter } = {
  abs: one(abs),
  add: two(add),
  celu: ({ input }, { alpha }) => ({ output: mul(elu(div(input!, alpha)), alpha) }),
  clamp: ({ input }, { min, max }) => ({ output: clip(input!, min ?? undefined, max ?? undefined) }),
  cos: one(cos),
  div: two(div),
  elu: ({ input }, { alpha }) => ({ output: elu(input!, alpha) }),
  erf: one(erf),
  exp: one(exp),
  expm1: one(expm1),
  gelu: ({ input }, { approximate }) => ({ output: gelu(input!, { approximate }) }),
  hardswish: one((x) => mul(x, div(clip(add(x, 3), 0, 6), 6))),
  hardtanh: ({ input }, { min_val, max_val }) => ({ output: clip(input!, min_val, max_val) }),
  leaky_relu: ({ input }, { negative_slope }) => ({ output: leakyRelu(input!, negative_slope) }),
  log: one(log),
  log1p: one(log1p),
  logsigmoid: one((x) => neg(softplus(neg(x)))),
  maximum: two(maximum),
  minimum: two(minimum),
  mish: one((x) => mul(x, tanh(softplus(x)))),
  mul: two(mul),
  pow: ({ input, exponent }, { exponent: number }) => ({
    output: exponent === undefined ? pow(input!, number) : unsupported('power with a tensor for exponent'),
  }),
  prelu: ({ input, weight }) => {
    const slopes = reshape(weight!, [-1, ...input!.shape.slice(2).map(() => 1)]);
    return { output: select(greater(input!, 0), input!, mul(input!, slopes)) };
  },
  reciprocal: one(reciprocal),
  relu: one(relu),
  relu6: one((x) => clip(x, 0, 6)),
  rsqrt: one((x) => reciprocal(sqrt(x))),
  selu: one((x) => mul(elu(x, 1.6732632423543772), 1.0507009873554805)),
  sigmoid: one(sigmoid),
  silu: one(silu),
  sin: one(sin),
  softplus: ({ input }, { beta, threshold }) => {
    // PyTorch's is the identity beyond the threshold.
    const scaled = mul(input!, beta);
    return { output: select(greater(scaled, threshold), input!, div(softplus(scaled), beta)) };
  },
  softsign: one((x) => div(x, add(abs(x), 1))),
  sqrt: one(sqrt),
  square: one(square),
  sub: two(sub),
  tanh: one(tanh),
  where: ({ condition, input, other }) => ({ output: select(condition!, input!, other!) }),
};
