import type { TrainConfig } from './config.ts';

/**
 * The learning rate of a step (counted from 0): rises over the first steps, at most twenty, then stays, or falls along a half cosine
 * to a fiftieth. A function of the step and the configuration only.
 */
export function learningRateAt(step: number, config: Pick<TrainConfig, 'learningRate' | 'schedule' | 'steps'>): number {
  const { learningRate, schedule, steps } = config;
  const rising = Math.min(20, Math.ceil(steps / 10));
  if (step < rising) return (learningRate * (step + 1)) / rising;
  if (schedule === 'constant') return learningRate;
  const progress = Math.min(1, (step - rising) / Math.max(1, steps - rising));
  return learningRate * (0.02 + 0.98 * 0.5 * (1 + Math.cos(Math.PI * progress)));
}
