import { CotangentError } from '../../graph/error.ts';

/** What a number of a schedule's options must be. */
type Demand = 'a finite number' | 'a whole number of at least 1' | 'a number from 0 to 1' | 'a number above 0';

const meets: { readonly [d in Demand]: (value: number) => boolean } = {
  'a finite number': Number.isFinite,
  'a whole number of at least 1': (value) => Number.isSafeInteger(value) && value >= 1,
  'a number from 0 to 1': (value) => value >= 0 && value <= 1,
  'a number above 0': (value) => value > 0 && Number.isFinite(value),
};

/**
 * Refuses options that are not what they must be.
 *
 * @throws CotangentError `schedule/options`.
 */
export function checkSchedule(schedule: string, demand: Demand, options: { readonly [name: string]: number }): void {
  for (const [name, value] of Object.entries(options))
    if (!meets[demand](value))
      throw new CotangentError({
        code: 'schedule/options',
        summary: `${schedule}: ${name} is ${value}`,
        fix: `give ${demand}.`,
      });
}
