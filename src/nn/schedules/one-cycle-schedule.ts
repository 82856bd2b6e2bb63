import { CotangentError } from '../../graph/error.ts';
import { checkSchedule } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

export interface OneCycleScheduleOptions {
  /** The rate at its highest. */
  readonly learningRate: number;
  /** How many steps the whole cycle takes; the last one is `steps` − 1. */
  readonly steps: number;
  /** The share of the steps on the way up; 0.3 unless given. */
  readonly rising?: number;
  /** Along half a cosine (unless given) or a line. */
  readonly shape?: 'cosine' | 'linear';
  /** The first rate is the highest divided by this; 25 unless given. */
  readonly startDivisor?: number;
  /** The last rate is the first divided by this; 10 000 unless given. */
  readonly endDivisor?: number;
  /** Down to the first rate in as many steps as up, then on to the last; else down in one go. */
  readonly threePhases?: boolean;
}

/**
 * Up to `learningRate` and down again, once; PyTorch's `OneCycleLR` without its momentum.
 *
 * @throws CotangentError `schedule/options` for options out of range, and for a step of the schedule beyond its last.
 */
export function oneCycleSchedule(options: OneCycleScheduleOptions): Schedule {
  const { learningRate, steps, rising = 0.3, shape = 'cosine', threePhases = false } = options;
  const { startDivisor = 25, endDivisor = 1e4 } = options;
  checkSchedule('oneCycleSchedule', 'a finite number', { learningRate });
  checkSchedule('oneCycleSchedule', 'a whole number of at least 1', { steps });
  checkSchedule('oneCycleSchedule', 'a number from 0 to 1', { rising });
  checkSchedule('oneCycleSchedule', 'a number above 0', { startDivisor, endDivisor });
  const first = learningRate / startDivisor;
  const last = first / endDivisor;
  const top = rising * steps - 1;
  const turns = [
    { at: 0, rate: first },
    { at: top, rate: learningRate },
    ...(threePhases ? [{ at: 2 * top, rate: first }] : []),
    { at: steps - 1, rate: last },
  ];
  const between =
    shape === 'linear' ? (share: number) => share : (share: number) => (1 - Math.cos(Math.PI * share)) / 2;
  return (step) => {
    if (step >= steps)
      throw new CotangentError({
        code: 'schedule/options',
        summary: `oneCycleSchedule: step ${step} of a cycle of ${steps} steps, counted from 0`,
        fix: 'make the cycle as long as the training.',
      });
    const next = turns.findIndex(({ at }, k) => k > 0 && (step <= at || k === turns.length - 1));
    const [from, to] = [turns[next - 1]!, turns[next]!];
    return from.rate + (to.rate - from.rate) * between((step - from.at) / (to.at - from.at));
  };
}
