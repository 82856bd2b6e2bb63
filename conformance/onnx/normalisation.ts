import {
  abs,
  add,
  batchNorm,
  constant,
  div,
  groupNorm,
  i32,
  mean,
  mul,
  pad,
  pow,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  variance,
} from 'cotangent';
import { take } from '../compose/along-axis.ts';
import { range } from '../compose/range.ts';
import type { OnnxAdapters } from './adapter.ts';

/** Normalisation over batches, channels and neighbours. */
export const normalisation: OnnxAdapters = {
  BatchNormalization: (node) => {
    const [x, gamma, beta, oldMean, oldVariance] = [node.x(0), node.x(1), node.x(2), node.x(3), node.x(4)];
    const epsilon = node.float('epsilon', 1e-5);
    const training = node.opset < 7 ? !node.flag('is_test') : node.flag('training_mode');
    if (!training) return batchNorm(x, { gamma, beta, epsilon, mean: oldMean, variance: oldVariance });
    const axes = x.shape.map((_, k) => k).filter((k) => k !== 1);
    const momentum = node.float('momentum', 0.9);
    const blend = (old: Tensor, now: Tensor): Tensor => add(mul(old, momentum), mul(now, 1 - momentum));
    return [
      batchNorm(x, { gamma, beta, epsilon }),
      blend(oldMean, mean(x, { axes })),
      blend(oldVariance, variance(x, { axes })),
    ];
  },
  GroupNormalization: (node) => {
    const x = node.x(0);
    const groups = node.int('num_groups');
    const channels = x.shape[1]!;
    // Before opset 21 there is one scale per group.
    const ofGroup = Array.from({ length: channels }, (_, c) => Math.floor((c * groups) / channels));
    const perChannel = (t: Tensor): Floats =>
      (node.opset >= 21 ? t : take(t, 0, constant(x.graph, i32(channels), ofGroup))) as Floats;
    const [gamma, beta] = [perChannel(node.x(1)), perChannel(node.x(2))];
    return groupNorm(x as Floats, { groups, gamma, beta, epsilon: node.float('epsilon', 1e-5) });
  },
  InstanceNormalization: (node) => {
    const [x, gamma, beta] = [node.x(0), node.x(1), node.x(2)] as [Floats, Floats, Floats];
    return groupNorm(x, { groups: x.shape[1]!, gamma, beta, epsilon: node.float('epsilon', 1e-5) });
  },
  LRN: (node) => {
    const x = node.x(0);
    const size = node.int('size');
    const [low, high] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
    const squares = pad(
      square(x),
      x.shape.map((_, k): [number, number] => (k === 1 ? [low, high] : [0, 0])),
    );
    const window = Array.from({ length: size }, (_, i): Tensor => range(squares, 1, i, i + x.shape[1]!)).reduce(
      (a, b): Tensor => add(a, b),
    );
    const scale = add(mul(window, node.float('alpha', 1e-4) / size), node.float('bias', 1));
    return div(x, pow(scale, node.float('beta', 0.75)));
  },
  LayerNormalization: (node) => {
    const x = node.x(0);
    const axis = node.int('axis', -1);
    const first = axis < 0 ? axis + x.shape.length : axis;
    const options = { axes: x.shape.map((_, k) => k).slice(first), keepDims: true };
    const centre = mean(x, options);
    const inverse = div(1, sqrt(add(variance(x, options), node.float('epsilon', 1e-5))));
    const scaled = mul(mul(sub(x, centre), inverse), node.x(1));
    return [node.has(2) ? add(scaled, node.x(2)) : scaled, centre, inverse];
  },
  LpNormalization: (node) => {
    const [x, p] = [node.x(0), node.int('p', 2)];
    const options = { axes: node.int('axis', -1), keepDims: true };
    return div(x, p === 1 ? sum(abs(x), options) : sqrt(sum(square(x), options)));
  },
  MeanVarianceNormalization: (node) => {
    const x = node.x(0);
    const options = { axes: [...node.ints('axes', [0, 2, 3])], keepDims: true };
    return div(sub(x, mean(x, options)), add(sqrt(variance(x, options)), 1e-9));
  },
  RMSNormalization: (node) => {
    const x = node.x(0);
    const axis = node.int('axis', -1);
    const options = { axes: x.shape.map((_, k) => k).slice(axis < 0 ? axis + x.shape.length : axis), keepDims: true };
    return mul(div(x, sqrt(add(mean(square(x), options), node.float('epsilon', 1e-5)))), node.x(1));
  },
};

type Floats = Tensor<readonly number[], 'f64'>;
