import type { Pullback } from '../schemes/scheme.ts';
import type { Judge } from './judges.ts';
import type { Attempt } from './ledger.ts';
import { isSame, unlessRefused } from './mutant.ts';
import type { Trial } from './trial.ts';

/** How often a judge was asked about a right gradient, and how often it refused it. */
interface Alarms {
  asked: number;
  refused: number;
}

export type AlarmsBy = { [judge: string]: Alarms };

/** All judges at one trial. */
export interface Panel {
  /** Asks those who are open about a claimed pullback; undefined where it cannot be made. */
  ask(make: () => Pullback, open: ReadonlySet<string>): Attempt | undefined;
}

/**
 * Seats the judges at a trial. One that refuses the right gradient there says nothing of wrong ones, and it is noted; of our
 * own none may.
 */
export function panelAt(trial: Trial, judges: readonly Judge[], alarms: AlarmsBy): Panel {
  const seats = judges.flatMap(({ name, own, on }) => {
    const accepts = on(trial);
    if (accepts === undefined) return [];
    const isRight = accepts(trial.pull, trial.gradient);
    alarms[name] ??= { asked: 0, refused: 0 };
    alarms[name].asked++;
    if (!isRight) alarms[name].refused++;
    return isRight || own ? [{ name, accepts }] : [];
  });
  return {
    ask: (make, open) =>
      unlessRefused(() => {
        const pull = make();
        const gradient = pull(trial.u);
        const killedBy = seats
          .filter(({ name, accepts }) => open.has(name) && !accepts(pull, gradient))
          .map(({ name }) => name);
        return { killedBy, same: isSame(gradient, trial.gradient, trial.exact) };
      }),
  };
}
