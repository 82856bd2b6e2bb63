import { CotangentError } from '../graph/error.ts';
import type { Regime } from './regime.ts';

/** Which choices make an option mean something. */
const belongings = {
  momentum: { optimizer: ['sgd', 'rmsprop'] },
  nesterov: { optimizer: ['sgd'] },
  every: { schedule: ['step'] },
  milestones: { schedule: ['multistep'] },
  factor: { schedule: ['step', 'multistep', 'exponential'] },
  power: { schedule: ['polynomial'] },
} as const satisfies {
  readonly [option in keyof Regime]?: { readonly [choice in 'optimizer' | 'schedule']?: unknown };
};

/**
 * Refuses options that would have no effect.
 *
 * @throws CotangentError `train/regime` naming the option and what it belongs to.
 */
export function checkRegime(regime: Regime): void {
  for (const [option, belonging] of Object.entries(belongings)) {
    if (regime[option as keyof typeof belongings] === undefined) continue;
    for (const [choice, values] of Object.entries(belonging) as ['optimizer' | 'schedule', readonly string[]][])
      if (!values.includes(regime[choice]))
        refuse(
          `${option} has no effect with ${choice} ${regime[choice]}`,
          `--${choice} ${values.join(' or ')}`,
          option,
        );
  }
  if (regime.nesterov === true && regime.momentum === 0)
    refuse('nesterov has no effect without momentum', 'a --momentum above 0', 'nesterov');
}

function refuse(summary: string, cure: string, option: string): never {
  throw new CotangentError({ code: 'train/regime', summary, fix: `use ${cure}, or leave --${option} away.` });
}
