import {
  constantSchedule,
  cosineSchedule,
  exponentialSchedule,
  multiStepSchedule,
  oneCycleSchedule,
  polynomialSchedule,
  type Schedule,
  stepSchedule,
} from 'cotangent/nn';
import { type Attributes, given } from './adapter.ts';

/** PyTorch's learning-rate schedules in terms of ours, by PyTorch's names. */
export const schedules: { readonly [op: string]: (attributes: Attributes) => Schedule } = {
  ConstantLR: ({ base_lr, factor = 1 / 3, total_iters = 5 }) => {
    const [low, full] = [constantSchedule(base_lr * factor), constantSchedule(base_lr)];
    return (step) => (step < total_iters ? low : full)(step);
  },
  CosineAnnealingLR: ({ base_lr, T_max, eta_min = 0 }) =>
    cosineSchedule({ learningRate: base_lr, steps: T_max, lowest: eta_min }),
  CosineAnnealingWarmRestarts:
    ({ base_lr, T_0, T_mult = 1, eta_min = 0 }) =>
    (step) => {
      let [at, steps] = [step, T_0];
      while (at >= steps) [at, steps] = [at - steps, steps * T_mult];
      return cosineSchedule({ learningRate: base_lr, steps, lowest: eta_min })(at);
    },
  ExponentialLR: ({ base_lr, gamma }) => exponentialSchedule({ learningRate: base_lr, factor: gamma }),
  LinearLR: ({ base_lr, start_factor = 1 / 3, end_factor = 1, total_iters = 5 }) => {
    const rest = polynomialSchedule({ learningRate: base_lr * (start_factor - end_factor), steps: total_iters });
    return (step) => base_lr * end_factor + rest(step);
  },
  MultiStepLR: ({ base_lr, milestones, gamma }) =>
    multiStepSchedule({ learningRate: base_lr, milestones, ...given({ factor: gamma }) }),
  OneCycleLR: ({ max_lr, total_steps, pct_start, anneal_strategy, div_factor, final_div_factor, three_phase }) =>
    oneCycleSchedule({
      learningRate: max_lr,
      steps: total_steps,
      shape: anneal_strategy === 'linear' ? 'linear' : 'cosine',
      ...given({
        rising: pct_start,
        startDivisor: div_factor,
        endDivisor: final_div_factor,
        threePhases: three_phase,
      }),
    }),
  PolynomialLR: ({ base_lr, total_iters = 5, power }) =>
    polynomialSchedule({ learningRate: base_lr, steps: total_iters, ...given({ power }) }),
  StepLR: ({ base_lr, step_size, gamma }) =>
    stepSchedule({ learningRate: base_lr, every: step_size, ...given({ factor: gamma }) }),
};
