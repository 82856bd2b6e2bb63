import {
  abs,
  acos,
  acosh,
  add,
  asin,
  asinh,
  atan,
  atanh,
  cast,
  ceil,
  clip,
  cos,
  cosh,
  div,
  equal,
  erf,
  exp,
  expm1,
  floor,
  fmod,
  full,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  log1p,
  maximum,
  minimum,
  mod,
  mul,
  neg,
  notEqual,
  pow,
  reciprocal,
  round,
  select,
  sign,
  sin,
  sinh,
  sqrt,
  square,
  sub,
  type Tensor,
  tan,
  tanh,
} from 'cotangent';
import { type Adapters, binary, unary } from './adapter.ts';

/** Arithmetic and comparison, element by element. */
export const pointwise: Adapters = {
  abs: unary(abs),
  acos: unary(acos),
  acosh: unary(acosh),
  add: ({ input, other }, { other: number, alpha = 1 }) => ({
    output:
      alpha === 1 ? add(input, other ?? number) : add(input, mul(other ?? full(input.graph, input, number), alpha)),
  }),
  addcdiv: ({ input, tensor1, tensor2 }, { value = 1 }) => ({
    output: add(input, mul(div(tensor1!, tensor2!), value)),
  }),
  addcmul: ({ input, tensor1, tensor2 }, { value = 1 }) => ({
    output: add(input, mul(mul(tensor1!, tensor2!), value)),
  }),
  asin: unary(asin),
  asinh: unary(asinh),
  atan: unary(atan),
  atan2: binary((a, b) => {
    const turn = add(mul(cast(less(a, 0), a.dtype), -2 * Math.PI), Math.PI);
    return add(atan(div(a, b)), select(less(b, 0), turn, 0));
  }),
  atanh: unary(atanh),
  ceil: unary(ceil),
  clamp: ({ input, min, max }, { min: low = null, max: high = null }) => {
    const above = min === undefined ? clip(input, low ?? undefined) : maximum(input, min);
    return { output: max === undefined ? clip(above, undefined, high ?? undefined) : minimum(above, max) };
  },
  cos: unary(cos),
  cosh: unary(cosh),
  div: ({ input, other }, { other: number, rounding_mode = null }) => {
    const y = div(input, other ?? number);
    if (rounding_mode === 'floor') return { output: floor(y) };
    return { output: rounding_mode === 'trunc' ? trunc(y) : y };
  },
  eq: binary(equal),
  erf: unary(erf),
  erfc: unary((x) => sub(1, erf(x))),
  exp: unary(exp),
  exp2: unary((x) => exp(mul(x, Math.LN2))),
  expm1: unary(expm1),
  floor: unary(floor),
  fmod: binary(fmod),
  frac: unary((x) => sub(x, trunc(x))),
  ge: binary(greaterEqual),
  gt: binary(greater),
  hypot: binary((a, b) => sqrt(add(square(a), mul(b, b)))),
  le: binary(lessEqual),
  lerp: ({ input, end, weight }, { weight: number }) => ({
    output: add(input, mul(sub(end!, input), weight ?? number)),
  }),
  log: unary(log),
  log10: unary((x) => div(log(x), Math.LN10)),
  log1p: unary(log1p),
  log2: unary((x) => div(log(x), Math.LN2)),
  logaddexp: binary((a, b) => add(maximum(a, b), log1p(exp(neg(abs(sub(a, b))))))),
  logit: ({ input }, { eps = null }) => {
    const x = eps === null ? input : clip(input, eps, 1 - eps);
    return { output: log(div(x, sub(1, x))) };
  },
  lt: binary(less),
  maximum: binary(maximum),
  minimum: binary(minimum),
  mul: binary(mul),
  ne: binary(notEqual),
  neg: unary(neg),
  pow: ({ input, exponent }, { exponent: number }) => ({ output: pow(input, exponent ?? number) }),
  reciprocal: unary(reciprocal),
  remainder: binary(mod),
  round: unary(round),
  rsqrt: unary((x) => reciprocal(sqrt(x))),
  sign: unary(sign),
  sin: unary(sin),
  sinc: unary((x) => {
    const scaled = mul(select(equal(x, 0), 1, x), Math.PI);
    return select(equal(x, 0), 1, div(sin(scaled), scaled));
  }),
  sinh: unary(sinh),
  sqrt: unary(sqrt),
  square: unary(square),
  sub: ({ input, other }, { other: number, alpha = 1 }) => ({
    output:
      alpha === 1 ? sub(input, other ?? number) : sub(input, mul(other ?? full(input.graph, input, number), alpha)),
  }),
  tan: unary(tan),
  tanh: unary(tanh),
  trunc: unary(trunc),
  where: ({ condition, input, other }, { other: number }) => ({ output: select(condition!, input, other ?? number) }),
};

/** The fraction left out. */
function trunc(x: Tensor): Tensor {
  return select(less(x, 0), ceil(x), floor(x));
}
