import {
  add,
  batchNorm,
  constant,
  groupNorm,
  i32,
  instanceNorm,
  layerNorm,
  localResponseNorm,
  lpNormalise,
  mean,
  meanVarianceNorm,
  reciprocal,
  rmsNorm,
  runningStatistics,
  sqrt,
  type Tensor,
  take,
  variance,
} from 'cotangent';
import type { OnnxAdapters } from './adapter.ts';

/** Normalisation over batches, channels and neighbours. */
export const normalisation: OnnxAdapters = {
  BatchNormalization: (node) => {
    const [x, gamma, beta, oldMean, oldVariance] = [node.x(0), node.x(1), node.x(2), node.x(3), node.x(4)];
    const options = { gamma, beta, epsilon: node.float('epsilon', 1e-5) };
    const training = node.opset < 7 ? !node.flag('is_test') : node.flag('training_mode');
    if (!training) return batchNorm(x, { ...options, mean: oldMean, variance: oldVariance });
    // ONNX's momentum is the share of the old, and its variance the biased one.
    const next = runningStatistics(
      x,
      { mean: oldMean, variance: oldVariance },
      { momentum: 1 - node.float('momentum', 0.9), correction: 0 },
    );
    return [batchNorm(x, options), next.mean, next.variance];
  },
  GroupNormalization: (node) => {
    const x = node.x(0);
    const groups = node.int('num_groups');
    const channels = x.shape[1]!;
    // Before opset 21 there is one scale per group.
    const ofGroup = Array.from({ length: channels }, (_, c) => Math.floor((c * groups) / channels));
    const perChannel = (t: Tensor): Tensor =>
      node.opset >= 21 ? t : take(t, constant(x.graph, i32(channels), ofGroup));
    return groupNorm(x, {
      groups,
      gamma: perChannel(node.x(1)),
      beta: perChannel(node.x(2)),
      epsilon: node.float('epsilon', 1e-5),
    });
  },
  InstanceNormalization: (node) =>
    instanceNorm(node.x(0), { gamma: node.x(1), beta: node.x(2), epsilon: node.float('epsilon', 1e-5) }),
  LRN: (node) =>
    localResponseNorm(node.x(0), {
      size: node.int('size'),
      alpha: node.float('alpha', 1e-4),
      beta: node.float('beta', 0.75),
      k: node.float('bias', 1),
      convention: 'onnx',
    }),
  LayerNormalization: (node) => {
    const x = node.x(0);
    const axis = node.int('axis', -1);
    const epsilon = node.float('epsilon', 1e-5);
    const beta = node.optional(2);
    const y = layerNorm(x, { axis, epsilon, gamma: node.x(1), ...(beta === undefined ? {} : { beta }) });
    if (node.outputs === 1) return y;
    const over = { axes: x.shape.map((_, k) => k).slice(axis), keepDims: true };
    return [y, mean(x, over), reciprocal(sqrt(add(variance(x, over), epsilon)))];
  },
  LpNormalization: (node) => lpNormalise(node.x(0), node.int('axis', -1), { p: node.int('p', 2) }),
  MeanVarianceNormalization: (node) => meanVarianceNorm(node.x(0), { axes: node.ints('axes', [0, 2, 3]) }),
  RMSNormalization: (node) =>
    rmsNorm(node.x(0), {
      axis: node.int('axis', -1),
      gamma: node.x(1),
      epsilon: node.float('epsilon', 1e-5),
    }),
};
