import type * as FastCheck from 'fast-check';
import type { AnyOp, Case } from '../../graph/op.ts';
import { ruleFor } from '../../graph/op.ts';
import { strictest } from './judges.ts';
import type { MutantRecord } from './ledger.ts';
import { type Fate, type MutantKind, mutantKinds } from './mutant.ts';
import { attributesRead } from './rule-mutants.ts';
import type { Trial } from './trial.ts';
import { tryRules } from './try-rules.ts';

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
  const { records, drawn, trials } = tryRules(op, fc, { ...options, judges: strictest });
  return { ...summaryOf(records), unread: unreadAttributes(op, trials, drawn) };
}

function summaryOf(records: readonly MutantRecord[]): Omit<MutantReport, 'unread'> {
  const named = (wanted: Fate): string[] =>
    records.filter(({ fate }) => fate === wanted).map(({ kind, name }) => `${kind} ${name}`);
  const count = (kind: MutantKind, fate: Fate): number =>
    records.filter((each) => each.kind === kind && each.fate === fate).length;
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
