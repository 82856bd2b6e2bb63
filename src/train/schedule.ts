import { constantSchedule, cosineSchedule, warmUp } from '../nn/index.ts';
import type { TrainConfig } from './config.ts';

/**
 * The learning rate of a step (counted from 0): rises over the first steps, at most twenty, then stays, or falls along a half cosine
 * to a fiftieth. A function of the step and the configuration only.
 */
export function learningRateAt(step: number, config: Pick<TrainConfig, 'learningRate' | 'schedule' | 'steps'>): number {
  const { learningRate, schedule, steps } = config;
  const rising = Math.min(20, Math.ceil(steps / 10));
  const falling = { learningRate, lowest: learningRate / 50, steps: Math.max(1, steps - rising) };
  return warmUp(rising, schedule === 'constant' ? constantSchedule(learningRate) : cosineSchedule(falling))(step);
}
