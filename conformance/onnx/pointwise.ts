import {
  abs,
  acos,
  acosh,
  add,
  and,
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
  floor,
  fmod,
  full,
  greater,
  greaterEqual,
  less,
  lessEqual,
  log,
  maximumOf,
  minimumOf,
  mod,
  mul,
  neg,
  not,
  notEqual,
  or,
  pow,
  reciprocal,
  reshape,
  round,
  select,
  sign,
  sin,
  sinh,
  sqrt,
  sub,
  type Tensor,
  tan,
  tanh,
} from 'cotangent';
import { unsupported } from '../run/unsupported.ts';
import { type OnnxAdapter, type OnnxAdapters, unary } from './adapter.ts';
import { elementType } from './element-type.ts';
import type { OnnxNode } from './onnx-node.ts';

type Binary = (a: Tensor, b: Tensor) => Tensor;

/** Arithmetic and comparison, element by element. */
export const pointwise: OnnxAdapters = {
  Abs: unary(abs),
  Acos: unary(acos),
  Acosh: unary(acosh),
  Add: binary(add),
  And: binary(and),
  Asin: unary(asin),
  Asinh: unary(asinh),
  Atan: unary(atan),
  Atanh: unary(atanh),
  Cast: (node) => cast(node.x(0), elementType(node.int('to'))),
  CastLike: (node) => cast(node.x(0), node.x(1).dtype),
  Ceil: unary(ceil),
  Clip: (node) => clip(node.x(0), bound(node, 'min', 1), bound(node, 'max', 2)),
  Cos: unary(cos),
  Cosh: unary(cosh),
  Div: binary((a, b) => (a.dtype === 'i32' ? cast(div(cast(a, 'f64'), cast(b, 'f64')), 'i32') : div(a, b))),
  Dropout: dropped,
  Equal: binary(equal),
  Erf: unary(erf),
  Exp: unary(exp),
  Floor: unary(floor),
  Greater: binary(greater),
  GreaterOrEqual: binary(greaterEqual),
  IsInf: (node) => {
    const x = node.x(0);
    const [up, down] = [equal(x, Number.POSITIVE_INFINITY), equal(x, Number.NEGATIVE_INFINITY)];
    if (!node.flag('detect_negative', 1)) return up;
    return node.flag('detect_positive', 1) ? or(up, down) : down;
  },
  IsNaN: unary((x) => notEqual(x, x)),
  Less: binary(less),
  LessOrEqual: binary(lessEqual),
  Log: unary(log),
  Max: (node) => maximumOf(node.all()),
  Mean: (node) => {
    const list = node.all();
    return div(
      list.reduce((a, b) => add(a, b)),
      list.length,
    );
  },
  Min: (node) => minimumOf(node.all()),
  Mod: (node) => (node.flag('fmod') ? binary(fmod) : binary(mod))(node),
  Mul: binary(mul),
  Neg: unary(neg),
  Not: unary(not),
  Or: binary(or),
  Pow: powered,
  Reciprocal: unary(reciprocal),
  Round: unary(round),
  Sign: unary(sign),
  Sin: unary(sin),
  Sinh: unary(sinh),
  Sqrt: unary(sqrt),
  Sub: binary(sub),
  Sum: variadic(add),
  Tan: unary(tan),
  Tanh: unary(tanh),
  Where: (node) => select(node.x(0), node.x(1), node.x(2)),
  Xor: binary(notEqual),
};

/** Two operands; before opset 7 the second broadcasts only if told, from `axis` on. */
function binary(f: Binary): OnnxAdapter {
  return (node) => {
    const [a, b] = operands(node);
    return f(a, b);
  };
}

function operands(node: OnnxNode): [Tensor, Tensor] {
  const [a, b] = [node.x(0), node.x(1)];
  if (node.opset >= 7 || !node.flag('broadcast')) return [a, b];
  const axis = node.int('axis', a.shape.length - b.shape.length);
  const after = a.shape.length - b.shape.length - (axis < 0 ? axis + a.shape.length : axis);
  return [a, reshape(b, [...b.shape, ...new Array<number>(after).fill(1)])];
}

function variadic(f: Binary): OnnxAdapter {
  return (node) => node.all().reduce(f);
}

/** A bound of Clip: an attribute up to opset 10, then a scalar input. */
function bound(node: OnnxNode, name: string, input: number): number | undefined {
  if (node.opset >= 11) return node.optionalNumbers(input)?.[0];
  return node.sets(name) ? node.float(name) : undefined;
}

/** In the base's type. */
function powered(node: OnnxNode): Tensor {
  const [base, exponent] = operands(node);
  if (base.dtype !== 'i32') return pow(base, cast(exponent, base.dtype));
  return cast(pow(cast(base, 'f64'), cast(exponent, 'f64')), 'i32');
}

/** Nothing is dropped in prediction, or at ratio 0; which elements are in training is the runtime's own choice. */
function dropped(node: OnnxNode): Tensor[] {
  const x = node.x(0);
  const ratio = node.opset < 12 ? node.float('ratio', 0.5) : (node.optionalNumbers(1)?.[0] ?? 0.5);
  const training = node.opset >= 12 ? node.optionalNumbers(2)?.[0] === 1 : node.opset < 7 && !node.flag('is_test');
  if (training && ratio > 0) return unsupported('dropout with another runtime’s random numbers');
  return [x, full(node.graph, { dtype: 'bool', shape: x.shape }, 1)];
}
