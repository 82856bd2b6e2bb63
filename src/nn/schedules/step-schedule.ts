import { checkSchedule } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

export interface StepScheduleOptions {
  readonly learningRate: number;
  /** After so many steps each time. */
  readonly every: number;
  /** By what the rate is multiplied; 0.1 unless given. */
  readonly factor?: number;
}

/** The rate times `factor` after every `every` steps; PyTorch's `StepLR`. @throws CotangentError `schedule/options` for options out of range. */
export function stepSchedule({ learningRate, every, factor = 0.1 }: StepScheduleOptions): Schedule {
  checkSchedule('stepSchedule', 'a finite number', { learningRate, factor });
  checkSchedule('stepSchedule', 'a whole number of at least 1', { every });
  return (step) => learningRate * factor ** Math.floor(step / every);
}
