import { checkSchedule } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

export interface CosineScheduleOptions {
  readonly learningRate: number;
  /** How many steps the way down takes. */
  readonly steps: number;
  /** The rate at its end; 0 unless given. */
  readonly lowest?: number;
}

/**
 * From `learningRate` along half a cosine down to `lowest`, and beyond `steps` up again; PyTorch's `CosineAnnealingLR`.
 *
 * @throws CotangentError `schedule/options` for options out of range.
 */
export function cosineSchedule({ learningRate, steps, lowest = 0 }: CosineScheduleOptions): Schedule {
  checkSchedule('cosineSchedule', 'a finite number', { learningRate, lowest });
  checkSchedule('cosineSchedule', 'a whole number of at least 1', { steps });
  return (step) => lowest + (learningRate - lowest) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
}
