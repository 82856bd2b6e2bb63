import type * as FastCheck from 'fast-check';
import type { AnyOp, Case } from '../../graph/op.ts';
import { ruleFor } from '../../graph/op.ts';
import type { Alternatives } from './attribute-changes.ts';
import { graphMutants } from './graph-mutants.ts';
import { leavesOf } from './leaves.ts';
import { type Fate, fateOf, type Mutant, type MutantKind, mutantKinds } from './mutant.ts';
import { resultMutants } from './result-mutants.ts';
import { attributesRead, ruleMutants } from './rule-mutants.ts';
import { kinkTrials, type Trial, trialsOf } from './trial.ts';

export interface MutantOptions {
  readonly seed: number;
  /** In how many drawn cases rules are changed from outside; 40 unless given. */
  readonly cases?: number;
  /** In how many of them every node of the gradient graph is changed; 8 unless given. */
  readonly graphs?: number;
}

/** What became of all mutants of an operator's rules. */
export interface MutantReport {
  readonly counts: { readonly [K in MutantKind]: { readonly [F in Fate]: number } };
  /** Mutants that changed the gradient without being noticed: there must be none. */
  readonly survivors: readonly string[];
  /** Mutants that give the same bits wherever they were tried. */
  readonly equivalents: readonly string[];
  /** Attributes that no rule looks at and that are not declared irrelevant: there must be none. */
  readonly unread: readonly string[];
}

/** Makes every rule of an operator wrong in every way known, and reports which wrong ones the numeric derivatives find. */
export function tryMutants(op: AnyOp, fc: typeof FastCheck, options: MutantOptions): MutantReport {
  const { seed, cases = 40, graphs = 8 } = options;
  const drawn = fc.sample(fc.noBias(op.cases(fc)), { seed, numRuns: cases });
  const alternatives = wordsIn(fc, seed);
  const trials = drawn.map((each, i) => trialsOf(op, each, seed + i));
  const kinks = kinkTrials(op);
  const fates = new Map<string, { readonly kind: MutantKind; fate: Fate }>();
  const tryOut = (mutant: Mutant, trial: Trial, scope: string): void => {
    const name = `${op.name}.${trial.key}: ${mutant.name}${scope}`;
    const id = `${mutant.kind} ${name}`;
    const known = fates.get(id);
    if (known?.fate === 'killed' || known?.fate === 'refused') return;
    const fate = fateOf(mutant, trial);
    if (known === undefined) fates.set(id, { kind: mutant.kind, fate });
    else if (fate !== 'equivalent') known.fate = fate;
  };
  const everywhere = [...trials.flat(), ...kinks];
  for (const trial of everywhere)
    for (const mutant of [...resultMutants(trial), ...ruleMutants(trial, alternatives)]) tryOut(mutant, trial, '');
  for (const i of mostTelling(trials).slice(0, graphs))
    for (const trial of [...trials[i]!, ...trialsOf(op, drawn[i]!, ~(seed + i))])
      for (const mutant of graphMutants(trial, alternatives)) tryOut(mutant, trial, `, case ${i}`);
  for (const [i, trial] of kinks.entries())
    for (const mutant of graphMutants(trial, alternatives)) tryOut(mutant, trial, `, kink ${i}`);
  return { ...summaryOf(fates), unread: unreadAttributes(op, everywhere, drawn) };
}

/** Cases by how many entries their gradients have that are not zero, most first. */
function mostTelling(trials: readonly (readonly Trial[])[]): number[] {
  const telling = trials.map((each) =>
    each.reduce((sum, { gradient }) => sum + Array.from(gradient.data).filter((x) => x !== 0).length, 0),
  );
  const order = telling.flatMap((entries, i) => (entries > 0 ? [i] : []));
  return order.sort((i, j) => telling[j]! - telling[i]!);
}

function summaryOf(
  fates: ReadonlyMap<string, { readonly kind: MutantKind; readonly fate: Fate }>,
): Omit<MutantReport, 'unread'> {
  const named = (wanted: Fate): string[] => [...fates].flatMap(([name, { fate }]) => (fate === wanted ? [name] : []));
  const count = (kind: MutantKind, fate: Fate): number =>
    [...fates.values()].filter((each) => each.kind === kind && each.fate === fate).length;
  const counts = Object.fromEntries(
    mutantKinds.map((kind) => [
      kind,
      {
        killed: count(kind, 'killed'),
        refused: count(kind, 'refused'),
        survived: count(kind, 'survived'),
        equivalent: count(kind, 'equivalent'),
      },
    ]),
  ) as { readonly [K in MutantKind]: { readonly [F in Fate]: number } };
  return { counts, survivors: named('survived'), equivalents: named('equivalent') };
}

function unreadAttributes(op: AnyOp, trials: readonly Trial[], drawn: readonly Case<string, object>[]): string[] {
  if (!Object.keys(op.vjp).some((stem) => typeof ruleFor(op, stem) === 'function')) return [];
  const read = new Set(trials.flatMap((trial) => [...attributesRead(trial)]));
  const all = new Set(drawn.flatMap(({ attributes }) => Object.keys(attributes)));
  return [...all].filter((name) => !read.has(name) && !Object.hasOwn(op.irrelevant ?? {}, name));
}

/** Words that operators' attributes take in their own cases. */
function wordsIn(fc: typeof FastCheck, seed: number): Alternatives {
  const known = new Map<AnyOp, ReadonlyMap<string, ReadonlySet<string>>>();
  return (op, path) => {
    let words = known.get(op);
    if (words === undefined) {
      const found = new Map<string, Set<string>>();
      for (const { attributes } of fc.sample(op.cases(fc), { seed, numRuns: 60 }))
        for (const [at, leaf] of leavesOf(attributes))
          if (typeof leaf === 'string') found.set(at.join('.'), (found.get(at.join('.')) ?? new Set()).add(leaf));
      words = found;
      known.set(op, words);
    }
    return [...(words.get(path.join('.')) ?? [])];
  };
}
