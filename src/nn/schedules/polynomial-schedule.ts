import { checkSchedule } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

export interface PolynomialScheduleOptions {
  readonly learningRate: number;
  /** How many steps the way to 0 takes; 0 from then on. */
  readonly steps: number;
  /** 1 unless given. */
  readonly power?: number;
}

/** The rate times (1 − step / steps) to a power; PyTorch's `PolynomialLR`. @throws CotangentError `schedule/options` for options out of range. */
export function polynomialSchedule({ learningRate, steps, power = 1 }: PolynomialScheduleOptions): Schedule {
  checkSchedule('polynomialSchedule', 'a finite number', { learningRate });
  checkSchedule('polynomialSchedule', 'a number above 0', { power });
  checkSchedule('polynomialSchedule', 'a whole number of at least 1', { steps });
  return (step) => learningRate * (1 - Math.min(step, steps) / steps) ** power;
}
