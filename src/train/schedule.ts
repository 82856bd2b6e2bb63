import {
  constantSchedule,
  cosineSchedule,
  exponentialSchedule,
  multiStepSchedule,
  oneCycleSchedule,
  polynomialSchedule,
  type Schedule,
  stepSchedule,
  warmUp,
} from '../nn/index.ts';
import type { TrainConfig } from './config.ts';
import type { Regime } from './regime.ts';

/** What of a configuration decides the learning rate. */
export type RateConfig = Pick<TrainConfig, 'steps' | 'stepsPerEpoch'> & Regime;

/** A run's lowest learning rate is the highest divided by this, where the schedule does not say otherwise. */
const lowestDivisor = 50;

/**
 * The learning rate of a step, counted from 0: rises over the first steps, then goes as the schedule says over those that are left.
 * A function of the step and the configuration only, so that it is no state.
 */
export function learningRateAt(step: number, config: RateConfig): number {
  const rising = Math.min(config.steps, config.warmUp ?? risingByDefault(config));
  return warmUp(rising, afterwards(config, rising))(step);
}

const risingByDefault = ({ schedule, steps }: RateConfig): number =>
  schedule === 'one-cycle' ? 0 : Math.min(20, Math.ceil(steps / 10));

/** The schedule after `rising` steps, itself counted from 0. */
function afterwards(config: RateConfig, rising: number): Schedule {
  const { learningRate, power = 0.9 } = config;
  const steps = Math.max(1, config.steps - rising);
  switch (config.schedule) {
    case 'constant':
      return constantSchedule(learningRate);
    case 'cosine':
      return cosineSchedule({ learningRate, lowest: learningRate / lowestDivisor, steps });
    case 'step':
      return stepSchedule({ learningRate, every: config.every ?? Math.ceil(steps / 3), factor: config.factor ?? 0.1 });
    case 'multistep': {
      const milestones = config.milestones ?? [Math.floor(config.steps / 2), Math.floor((config.steps * 3) / 4)];
      return multiStepSchedule({
        learningRate,
        milestones: milestones.map((milestone) => milestone - rising),
        factor: config.factor ?? 0.1,
      });
    }
    case 'one-cycle':
      return oneCycleSchedule({ learningRate, steps });
    case 'polynomial':
      return polynomialSchedule({ learningRate, steps, power });
    case 'exponential': {
      const factor =
        config.factor === undefined ? lowestDivisor ** (-1 / steps) : config.factor ** (1 / config.stepsPerEpoch);
      return exponentialSchedule({ learningRate, factor });
    }
  }
}
