import type * as FastCheck from 'fast-check';
import type { AnyOp, Case } from '../../graph/op.ts';
import { graphMutants } from './graph-mutants.ts';
import type { Judge } from './judges.ts';
import { kinkTrials } from './kink-trials.ts';
import { Ledger, type MutantRecord } from './ledger.ts';
import type { Mistake, Mutant } from './mutant.ts';
import { type AlarmsBy, type Panel, panelAt } from './panel.ts';
import { resultMutants } from './result-mutants.ts';
import { ruleMutants } from './rule-mutants.ts';
import { type Trial, trialsOf } from './trial.ts';
import { wordsIn } from './words-in.ts';

interface Options {
  readonly seed: number;
  readonly cases?: number;
  readonly graphs?: number;
  readonly judges: readonly Judge[];
  /** All unless given. */
  readonly mistakes?: readonly Mistake[] | undefined;
}

interface TriedRules {
  readonly records: readonly MutantRecord[];
  readonly alarms: AlarmsBy;
  readonly drawn: readonly Case<string, object>[];
  readonly trials: readonly Trial[];
}

/** Tries all mutants of an operator's rules, in drawn cases and at its kinks, before the judges. */
export function tryRules(op: AnyOp, fc: typeof FastCheck, options: Options): TriedRules {
  const { seed, cases = 40, graphs = 8, judges, mistakes } = options;
  const drawn = fc.sample(fc.noBias(op.cases(fc)), { seed, numRuns: cases });
  const alternatives = wordsIn(fc, seed);
  const trials = drawn.map((each, i) => trialsOf(op, each, seed + i));
  const kinks = kinkTrials(op);
  const ledger = new Ledger(judges);
  const alarms: AlarmsBy = {};
  const panels = new Map<Trial, Panel>();
  const panelFor = (trial: Trial): Panel => {
    const panel = panels.get(trial) ?? panelAt(trial, judges, alarms);
    panels.set(trial, panel);
    return panel;
  };
  const tryOut = (mutant: Mutant, trial: Trial, scope: string, isAtKink = false): void => {
    if (mistakes?.includes(mutant.mistake) === false) return;
    const { kind, mistake, name, node, attribute, why } = mutant;
    const within = (part: string): string => `${op.name}.${trial.key} ${part}${scope}`;
    const entry = {
      of: isAtKink || mistake === 'kink side' ? 'kink' : 'rule',
      kind,
      mistake,
      name: `${op.name}.${trial.key}: ${name}${scope}`,
      ...(node === undefined ? {} : { node: within(node) }),
      ...(attribute === undefined ? {} : { attribute: within(`${node ?? ''}.${attribute}`) }),
    } as const;
    ledger.try(entry, (open) => {
      const tried = panelFor(trial).ask(() => mutant.make(), open);
      return tried && (why === undefined ? tried : { ...tried, why });
    });
  };
  const everywhere = [...trials.flat(), ...kinks];
  for (const trial of everywhere)
    for (const mutant of [...resultMutants(trial), ...ruleMutants(trial, alternatives)]) tryOut(mutant, trial, '');
  for (const i of mostTelling(trials).slice(0, graphs))
    for (const trial of [...trials[i]!, ...trialsOf(op, drawn[i]!, ~(seed + i))])
      for (const mutant of graphMutants(trial, alternatives)) tryOut(mutant, trial, `, case ${i}`);
  for (const [i, trial] of kinks.entries())
    for (const mutant of graphMutants(trial, alternatives)) tryOut(mutant, trial, `, kink ${i}`, true);
  return { records: ledger.records(), alarms, drawn, trials: everywhere };
}

/** Cases by how many entries their gradients have that are not zero, most first. */
function mostTelling(trials: readonly (readonly Trial[])[]): number[] {
  const telling = trials.map((each) =>
    each.reduce((sum, { gradient }) => sum + Array.from(gradient.data).filter((x) => x !== 0).length, 0),
  );
  const order = telling.flatMap((entries, i) => (entries > 0 ? [i] : []));
  return order.sort((i, j) => telling[j]! - telling[i]!);
}
