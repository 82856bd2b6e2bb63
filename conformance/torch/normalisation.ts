import {
  add,
  batchNorm,
  div,
  groupNorm,
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
import { range } from '../compose/range.ts';
import { type Adapters, given, type Inputs } from './adapter.ts';

/** Normalisation over batches, channels and neighbours. */
export const normalisation: Adapters = {
  batch_norm: (inputs, { training, momentum, eps }) => {
    const { input: x, weight, bias, running_mean, running_var } = inputs;
    const output = batchNorm(x, {
      ...given({ gamma: weight, beta: bias }),
      ...(training ? {} : { mean: running_mean!, variance: running_var! }),
      epsilon: eps,
    });
    return { output, ...running(inputs, training, momentum, [0, ...spatial(x)]) };
  },
  group_norm: ({ input, weight, bias }, { num_groups, eps }) => ({
    output: groupNorm(input as Floats, { groups: num_groups, epsilon: eps, ...scaleAndShift(weight, bias) }),
  }),
  instance_norm: (inputs, { use_input_stats, momentum, eps }) => {
    const { input: x, weight, bias, running_mean, running_var } = inputs;
    const output = use_input_stats
      ? groupNorm(x as Floats, { groups: x.shape[1]!, epsilon: eps, ...scaleAndShift(weight, bias) })
      : batchNorm(x, {
          ...given({ gamma: weight, beta: bias }),
          mean: running_mean!,
          variance: running_var!,
          epsilon: eps,
        });
    return { output, ...running(inputs, use_input_stats, momentum, spatial(x)) };
  },
  layer_norm: ({ input: x, weight, bias }, { normalized_shape, eps }) => {
    const options = { axes: normalized_shape.map((_: number, k: number) => -1 - k), keepDims: true };
    const normal = div(sub(x, mean(x, options)), sqrt(add(variance(x, options), eps)));
    const scaled = weight === undefined ? normal : mul(normal, weight);
    return { output: bias === undefined ? scaled : add(scaled, bias) };
  },
  local_response_norm: ({ input: x }, { size, alpha, beta, k }) => {
    const [low, high] = [Math.floor(size / 2), Math.floor((size - 1) / 2)];
    const squares = pad(square(x), [[0, 0], [low, high], ...spatial(x).map((): [number, number] => [0, 0])]);
    const window = Array.from({ length: size }, (_, i): Tensor => range(squares, 1, i, i + x.shape[1]!)).reduce(
      (a, b): Tensor => add(a, b),
    );
    return { output: div(x, pow(add(mul(window, alpha / size), k), beta)) };
  },
  normalize: ({ input: x }, { p, dim, eps }) => {
    const size = pow(sum(pow(x, p), { axes: dim, keepDims: true }), 1 / p);
    return { output: div(x, add(size, eps)) };
  },
};

type Floats = Tensor<readonly number[], 'f64'>;

// Gamma and beta have x's type; which of the float types that is, is decided when the case is read.
const scaleAndShift = (weight: Tensor | undefined, bias: Tensor | undefined) =>
  given({ gamma: weight as Floats | undefined, beta: bias as Floats | undefined });

const spatial = (x: Tensor): number[] => x.shape.map((_, k) => k).slice(2);

/** The statistics after the call: (1 − momentum) · old + momentum · new, the new ones unbiased and averaged over what is left of the batch. */
function running({ input: x, running_mean, running_var }: Inputs, training: boolean, momentum: number, axes: number[]) {
  if (running_mean === undefined || running_var === undefined) return {};
  if (!training) return { running_mean, running_var };
  const perChannel = (t: Tensor): Tensor => (t.shape.length === 1 ? t : mean(t, { axes: 0 }));
  const blend = (old: Tensor, now: Tensor): Tensor => add(mul(old, 1 - momentum), mul(perChannel(now), momentum));
  return {
    running_mean: blend(running_mean, mean(x, { axes })),
    running_var: blend(running_var, variance(x, { axes, correction: 1 })),
  };
}
