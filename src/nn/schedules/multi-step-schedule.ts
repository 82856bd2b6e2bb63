import { checkSchedule } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

export interface MultiStepScheduleOptions {
  readonly learningRate: number;
  /** The first steps of the lower rates; one that is named twice counts twice. */
  readonly milestones: readonly number[];
  /** By what the rate is multiplied at each; 0.1 unless given. */
  readonly factor?: number;
}

/** The rate times `factor` from each milestone on; PyTorch's `MultiStepLR`. @throws CotangentError `schedule/options` for options out of range. */
export function multiStepSchedule({ learningRate, milestones, factor = 0.1 }: MultiStepScheduleOptions): Schedule {
  checkSchedule('multiStepSchedule', 'a finite number', { learningRate, factor });
  milestones.forEach((milestone, k) => {
    checkSchedule('multiStepSchedule', 'a finite number', { [`milestones[${k}]`]: milestone });
  });
  return (step) => learningRate * factor ** milestones.filter((milestone) => milestone <= step).length;
}
