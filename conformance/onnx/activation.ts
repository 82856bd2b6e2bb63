import {
  argmax,
  cast,
  celu,
  elu,
  equal,
  gelu,
  hardSigmoid,
  hardSwish,
  iota,
  leakyRelu,
  logSoftmax,
  mish,
  mul,
  prelu,
  relu,
  reshape,
  selu,
  shrink,
  sigmoid,
  silu,
  softmax,
  softplus,
  softsign,
  type Tensor,
  threshold,
} from 'cotangent';
import { type OnnxAdapter, type OnnxAdapters, unary } from './adapter.ts';

/** Activations. */
export const activation: OnnxAdapters = {
  Celu: (node) => celu(node.x(0), node.float('alpha', 1)),
  Elu: (node) => elu(node.x(0), node.float('alpha', 1)),
  Gelu: (node) => gelu(node.x(0), { approximate: node.text<'none' | 'tanh'>('approximate', 'none') }),
  HardSigmoid: (node) => hardSigmoid(node.x(0), { alpha: node.float('alpha', 0.2), beta: node.float('beta', 0.5) }),
  HardSwish: unary(hardSwish),
  Hardmax: alongAxis((x, axis) => {
    const places = x.shape.map((d, k) => (k === axis ? d : 1));
    const first = argmax(x, axis, { keepDims: true });
    return cast(equal(iota(x.graph, { dtype: 'i32', shape: places }, axis), first), x.dtype);
  }),
  LeakyRelu: (node) => leakyRelu(node.x(0), node.float('alpha', 0.01)),
  LogSoftmax: alongAxis((x, axis) => logSoftmax(x, axis)),
  Mish: unary(mish),
  PRelu: (node) => {
    const [x, slope] = [node.x(0), node.x(1)];
    // From opset 7 on a slope broadcasts like NumPy; before, [C] meant channels, as for us.
    const lead = node.opset < 7 ? 0 : x.shape.length - slope.shape.length;
    return prelu(x, reshape(slope, [...new Array<number>(lead).fill(1), ...slope.shape]));
  },
  Relu: unary(relu),
  Selu: (node) =>
    selu(node.x(0), {
      alpha: node.float('alpha', 1.6732632423543772),
      gamma: node.float('gamma', 1.0507009873554805),
    }),
  Shrink: (node) => shrink(node.x(0), { lambda: node.float('lambd', 0.5), bias: node.float('bias', 0) }),
  Sigmoid: unary(sigmoid),
  Softmax: alongAxis((x, axis) => softmax(x, axis)),
  Softplus: unary((x) => softplus(x)),
  Softsign: unary(softsign),
  Swish: (node) => {
    const [x, alpha] = [node.x(0), node.float('alpha', 1)];
    return alpha === 1 ? silu(x) : mul(x, sigmoid(mul(x, alpha)));
  },
  ThresholdedRelu: (node) => threshold(node.x(0), node.float('alpha', 1)),
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
