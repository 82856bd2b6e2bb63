import { checkSchedule } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

/** The rate times `factor` after every step; PyTorch's `ExponentialLR`. @throws CotangentError `schedule/options` for options out of range. */
export function exponentialSchedule(options: { readonly learningRate: number; readonly factor: number }): Schedule {
  const { learningRate, factor } = options;
  checkSchedule('exponentialSchedule', 'a finite number', { learningRate, factor });
  return (step) => learningRate * factor ** step;
}
