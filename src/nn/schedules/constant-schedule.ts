import { checkSchedule } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

/** The same learning rate at every step. @throws CotangentError `schedule/options` for one that is not a finite number. */
export function constantSchedule(learningRate: number): Schedule {
  checkSchedule('constantSchedule', 'a finite number', { learningRate });
  return () => learningRate;
}
