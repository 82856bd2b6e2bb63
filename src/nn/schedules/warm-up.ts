import { checkSchedule } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

/**
 * A line up to the first rate of `after` in so many steps, the first of them not 0; then `after` from its step 0 on.
 *
 * @throws CotangentError `schedule/options` for a number of steps that is none.
 */
export function warmUp(steps: number, after: Schedule): Schedule {
  if (steps === 0) return after;
  checkSchedule('warmUp', 'a whole number of at least 1', { steps });
  return (step) => (step < steps ? after(0) * ((step + 1) / steps) : after(step - steps));
}
