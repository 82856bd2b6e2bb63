import {
  abs,
  add,
  argmax,
  cast,
  clip,
  div,
  elu,
  equal,
  gelu,
  greater,
  iota,
  leakyRelu,
  less,
  logSoftmax,
  mul,
  relu,
  reshape,
  select,
  sigmoid,
  silu,
  softmax,
  softplus,
  sub,
  type Tensor,
  tanh,
} from 'cotangent';
import { type OnnxAdapter, type OnnxAdapters, unary } from './adapter.ts';

/** Activations. */
export const activation: OnnxAdapters = {
  Celu: (node) => {
    const alpha = node.float('alpha', 1);
    return mul(elu(div(node.x(0), alpha)), alpha);
  },
  Elu: (node) => elu(node.x(0), node.float('alpha', 1)),
  Gelu: (node) => gelu(node.x(0), { approximate: node.text('approximate', 'none') }),
  HardSigmoid: (node) => clip(add(mul(node.x(0), node.float('alpha', 0.2)), node.float('beta', 0.5)), 0, 1),
  HardSwish: unary((x) => mul(x, clip(add(div(x, 6), 0.5), 0, 1))),
  Hardmax: alongAxis((x, axis) => {
    const places = x.shape.map((d, k) => (k === axis ? d : 1));
    const first = argmax(x, axis, { keepDims: true });
    return cast(equal(iota(x.graph, { dtype: 'i32', shape: places }, axis), first), x.dtype);
  }),
  LeakyRelu: (node) => leakyRelu(node.x(0), node.float('alpha', 0.01)),
  LogSoftmax: alongAxis((x, axis) => logSoftmax(x, axis)),
  Mish: unary((x) => mul(x, tanh(softplus(x)))),
  PRelu: (node) => {
    const [x, slope] = [node.x(0), node.x(1)];
    const columns =
      node.opset < 7 && slope.shape.length === 1 ? [...slope.shape, ...x.shape.slice(2).map(() => 1)] : slope.shape;
    return select(less(x, 0), mul(x, reshape(slope, columns)), x);
  },
  Relu: unary(relu),
  Selu: (node) => {
    const [alpha, gamma] = [node.float('alpha', 1.6732632423543772), node.float('gamma', 1.0507009873554805)];
    return mul(elu(node.x(0), alpha), gamma);
  },
  Shrink: (node) => {
    const [x, lambd, bias] = [node.x(0), node.float('lambd', 0.5), node.float('bias', 0)];
    return select(less(x, -lambd), add(x, bias), select(greater(x, lambd), sub(x, bias), 0));
  },
  Sigmoid: unary(sigmoid),
  Softmax: alongAxis((x, axis) => softmax(x, axis)),
  Softplus: unary(softplus),
  Softsign: unary((x) => div(x, add(abs(x), 1))),
  Swish: (node) => {
    const [x, alpha] = [node.x(0), node.float('alpha', 1)];
    return alpha === 1 ? silu(x) : mul(x, sigmoid(mul(x, alpha)));
  },
  ThresholdedRelu: (node) => select(greater(node.x(0), node.float('alpha', 1)), node.x(0), 0),
};

/** Along one axis, the last unless given; before opset 13 over all axes from `axis` (1) on together. */
function alongAxis(f: (x: Tensor, axis: number) => Tensor): OnnxAdapter {
  return (node) => {
    const x = node.x(0);
    const rank = x.shape.length;
    const axis = node.int('axis', node.opset < 13 ? 1 : -1);
    const at = axis < 0 ? axis + rank : axis;
    if (node.opset >= 13) return f(x, at);
    const rows = x.shape.slice(0, at).reduce((a, b) => a * b, 1);
    return reshape(f(reshape(x, [rows, -1]), 1), [...x.shape]);
  };
}
