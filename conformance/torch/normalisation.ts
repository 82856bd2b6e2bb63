import {
  batchNorm,
  groupNorm,
  instanceNorm,
  layerNorm,
  localResponseNorm,
  lpNormalise,
  runningStatistics,
  type Tensor,
} from 'cotangent';
import { type Adapters, given, type Inputs } from './adapter.ts';

/** Normalisation over batches, channels and neighbours. */
export const normalisation: Adapters = {
  batch_norm: (inputs, { training = false, momentum = 0.1, eps = 1e-5 }) => ({
    output: normalised(inputs, !training, eps, batchNorm),
    ...running(inputs, training, momentum, 'together'),
  }),
  group_norm: ({ input, weight, bias }, { num_groups, eps = 1e-5 }) => ({
    output: groupNorm(input, { groups: num_groups, epsilon: eps, ...given({ gamma: weight, beta: bias }) }),
  }),
  instance_norm: (inputs, { use_input_stats = true, momentum = 0.1, eps = 1e-5 }) => ({
    output: normalised(inputs, !use_input_stats, eps, instanceNorm),
    ...running(inputs, use_input_stats, momentum, 'apart'),
  }),
  layer_norm: ({ input, weight, bias }, { normalized_shape, eps = 1e-5 }) => ({
    output: layerNorm(input, {
      axis: -normalized_shape.length,
      epsilon: eps,
      ...given({ gamma: weight, beta: bias }),
    }),
  }),
  local_response_norm: ({ input }, { size, alpha = 1e-4, beta = 0.75, k = 1 }) => ({
    output: localResponseNorm(input, { size, alpha, beta, k }),
  }),
  normalize: ({ input }, { p = 2, dim = 1, eps = 1e-12 }) => ({ output: lpNormalise(input, dim, { p, epsilon: eps }) }),
};

/** By the running statistics, or by the input's own. */
function normalised(
  { input, weight, bias, running_mean, running_var }: Inputs,
  byRunning: boolean,
  epsilon: number,
  own: (x: Tensor, options: { readonly epsilon: number; readonly gamma?: Tensor; readonly beta?: Tensor }) => Tensor,
): Tensor {
  const options = { epsilon, ...given({ gamma: weight, beta: bias }) };
  return byRunning
    ? batchNorm(input, { ...options, mean: running_mean!, variance: running_var! })
    : own(input, options);
}

/** The statistics after the call, where there are any. */
function running(
  { input, running_mean, running_var }: Inputs,
  training: boolean,
  momentum: number,
  images: 'together' | 'apart',
) {
  if (running_mean === undefined || running_var === undefined) return {};
  if (!training) return { running_mean, running_var };
  const { mean, variance } = runningStatistics(
    input,
    { mean: running_mean, variance: running_var },
    { momentum, images },
  );
  return { running_mean: mean, running_var: variance };
}
